package org.mtl4j.experiment.run;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.experiment.config.ExperimentConfig;

/** Where a run's numbers come from: what it takes to get them again. */
final class Provenance {
  private Provenance() {}

  /** The facts, in a fixed order. */
  static Map<String, String> of(ExperimentConfig config, String dataFingerprint) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("experiment", config.name());
    facts.put(
        "experiment_sha256",
        Hashing.sha256().hashString(ConfigWriter.write(config), StandardCharsets.UTF_8).toString());
    facts.put("data_sha256", dataFingerprint);
    facts.put("seed", Long.toString(config.seed()));
    facts.put("threads", config.training().threads().map(String::valueOf).orElse("default"));
    facts.put("mtl4j", version(Provenance.class));
    facts.put("tensorflow", TrainingSession.tensorFlowVersion());
    facts.put("java", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    commit().ifPresent(commit -> facts.put("commit", commit));
    return facts;
  }

  /**
   * What a run's steps follow from: experiment and data, by one hash. The number of epochs is left
   * out, as a run may be made longer; versions too, as whoever updates wants to go on.
   */
  static String origin(ExperimentConfig config, String dataFingerprint) {
    ConfigFile file =
        ConfigFile.parse(ConfigWriter.write(config), "experiment")
            .withOverride("training.epochs", "1");
    String steps = ConfigWriter.write(file.bind(ExperimentConfig.class));
    return Hashing.sha256()
        .hashString(steps + "\n" + dataFingerprint, StandardCharsets.UTF_8)
        .toString();
  }

  private static String version(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The commit of the current directory, where experiment files usually live, if there is one. */
  private static Optional<String> commit() {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = git.waitFor(2, TimeUnit.SECONDS);
      if (!ended || git.exitValue() != 0) {
        git.destroy();
        return Optional.empty();
      }
      byte[] output = git.getInputStream().readAllBytes();
      return Optional.of(new String(output, StandardCharsets.UTF_8).trim());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
