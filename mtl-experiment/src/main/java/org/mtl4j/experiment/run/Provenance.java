package org.mtl4j.experiment.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.experiment.config.ExperimentConfig;

/** Where a run's numbers come from: what it takes to get them again. */
public final class Provenance {
  private static final String DATA = "data_sha256";

  /** What a run's numbers follow from; see {@link #origin(ExperimentConfig, String, String)}. */
  static final String ORIGIN = "origin_sha256";

  /** Columns of pseudonyms. */
  public static final String HASHED = "hash_ids";

  /** Tells whether a salt is that of training. */
  public static final String HASH_CHECK = "hash_ids_check";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Provenance() {}

  /** The facts, in a fixed order. */
  static Map<String, String> of(ExperimentConfig config, String dataFingerprint, String origin) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("experiment", config.name());
    facts.put("experiment_sha256", sha256(ConfigWriter.write(config.withDefaultCache())));
    facts.put(DATA, dataFingerprint);
    facts.put(ORIGIN, origin);
    config
        .data()
        .hashIds()
        .ifPresent(
            ids -> {
              facts.put(HASHED, String.join(", ", ids.columns()));
              facts.put(HASH_CHECK, ids.pseudonyms().check());
            });
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
   * out, as a run may be made longer, what the linter is to allow and where rows are kept; versions
   * too, as whoever updates wants to go on. So a run keeps the hash that it began with, as long as
   * its data are the same: a later release may know more keys, and would hash their defaults too.
   *
   * @param source as {@link #origin(ExperimentConfig, String, String)} takes it
   * @param files those of a run that began with this very experiment
   */
  static String origin(
      ExperimentConfig config, String dataFingerprint, String source, RunFiles files) {
    return begun(files)
        .filter(facts -> dataFingerprint.equals(facts.path(DATA).asText()))
        .map(facts -> facts.path(ORIGIN).asText())
        .filter(origin -> !origin.isEmpty())
        .orElseGet(() -> origin(config, dataFingerprint, source));
  }

  /**
   * The same of a run that has not begun yet.
   *
   * @param source what tells the numbers that it begins from; empty: they are drawn
   */
  static String origin(ExperimentConfig config, String dataFingerprint, String source) {
    ConfigFile file =
        ConfigFile.parse(ConfigWriter.write(config.withDefaultCache()), "experiment")
            .withOverride("training.epochs", "1")
            .withOverride("lint", "{}")
            .withOverride("evaluation.slices", "[]")
            .withOverride("evaluation.fairness", "null");
    String steps = ConfigWriter.write(file.bind(ExperimentConfig.class));
    return sha256(steps + "\n" + dataFingerprint + (source.isEmpty() ? "" : "\n" + source));
  }

  /** The fingerprint of the data that a run was trained on, if it still says it. */
  static Optional<String> fingerprint(RunFiles files) {
    return begun(files).map(facts -> facts.path(DATA).asText()).filter(data -> !data.isEmpty());
  }

  /** The facts of a run, as it wrote them; none if somebody changed them. */
  static Map<String, String> read(RunFiles files) {
    Map<String, String> facts = new LinkedHashMap<>();
    begun(files)
        .ifPresent(
            json ->
                json.properties()
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText())));
    return facts;
  }

  private static String sha256(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  /** The facts of the run that has begun there, if its experiment is there to be compared. */
  private static Optional<JsonNode> begun(RunFiles files) {
    if (!Files.exists(files.experiment()) || !Files.exists(files.provenance())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(String.join("\n", files.readLines(files.provenance()))));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // Somebody changed it.
    }
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
