package org.mtl4j.experiment.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mtl4j.experiment.config.CacheConfig;

/**
 * Where the cache between runs is.
 *
 * @param environment gives the value of a variable of the environment, null if it is not set
 * @param home the user's folder
 */
public record CacheLocation(UnaryOperator<String> environment, Path home) {
  /** A folder, or {@value #OFF}. */
  public static final String VARIABLE = "MTL_CACHE";

  private static final String OFF = "off";

  /** That of this process. */
  public static CacheLocation ofProcess() {
    return new CacheLocation(System::getenv, Path.of(System.getProperty("user.home", ".")));
  }

  /** The folder that an experiment asks for; empty if it or the environment wants none. */
  Optional<Path> of(CacheConfig config) {
    if (!config.enabled()) {
      return Optional.empty();
    }
    return config.dir().map(Path::of).or(this::byDefault);
  }

  /** The folder where an experiment names none; empty if the environment wants none. */
  public Optional<Path> byDefault() {
    Optional<String> named = value(VARIABLE);
    if (named.isPresent()) {
      return named.filter(folder -> !folder.equals(OFF)).map(Path::of);
    }
    Path caches = value("XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
    return Optional.of(caches.resolve("mtl4j"));
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(environment.apply(variable)).filter(value -> !value.isBlank());
  }
}
