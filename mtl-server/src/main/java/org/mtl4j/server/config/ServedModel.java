package org.mtl4j.server.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.mtl4j.server.version.VersionPolicy;

/**
 * A model that is to be served.
 *
 * @param name its name in requests
 * @param base the folder that has a folder a version
 * @param policy which versions
 * @param labels names of versions
 */
public record ServedModel(String name, Path base, VersionPolicy policy, Map<String, Long> labels) {
  /**
   * Copies the labels.
   *
   * @throws IllegalArgumentException if the name is empty or has a slash or colon, which no request
   *     could spell, or a label likewise
   */
  public ServedModel {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    check("name", name);
    labels.keySet().forEach(label -> check("label", label));
  }

  private static void check(String what, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "%s: expected a name without slashes and colons, found \"%s\"".formatted(what, name));
    }
  }

  /** Whether requests can spell a model's or label's name. */
  static boolean isName(String name) {
    return !name.isEmpty() && !name.contains("/") && !name.contains(":");
  }

  /** The latest version of what is in a folder. */
  public static ServedModel latest(String name, Path base) {
    return new ServedModel(name, base, VersionPolicy.DEFAULT, Map.of());
  }
}
