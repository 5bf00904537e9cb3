package org.mtl4j.experiment.run;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.experiment.config.ExperimentConfig;

/**
 * The key of encoded rows in the cache: a hash of all that they, and what is kept beside them,
 * follow from. It may tell apart what is equal (another path to the same file), never take for
 * equal what is not.
 */
final class DataKey {
  private static final int CHARACTERS = 32;

  private DataKey() {}

  /**
   * The key.
   *
   * @param program hash of the code that encodes
   * @param data fingerprint of the data, their rules and their split
   * @param lint whether the linter looks at them
   */
  static String of(ExperimentPlan plan, String program, String data, boolean lint) {
    ExperimentConfig config = plan.config();
    String outputs =
        plan.learner()
            .model()
            .outputs(plan.tasks().stream().map(LintSubjects::unfitted).toList())
            .toString();
    List<String> parts =
        List.of(
            program,
            data,
            rows(config),
            outputs,
            config.evaluation().groupBy().toString(),
            config.evaluation().cold().toString(),
            lint ? "lint " + config.lint().allow() : "no lint");
    // Each with its length: no part can pass for the end of another.
    StringBuilder all = new StringBuilder();
    parts.forEach(part -> all.append(part.length()).append(':').append(part));
    return Hashing.sha256()
        .hashString(all, StandardCharsets.UTF_8)
        .toString()
        .substring(0, CHARACTERS);
  }

  /** The experiment without what begins when its rows are there: keys to come are in it. */
  private static String rows(ExperimentConfig config) {
    ConfigFile file =
        ConfigFile.parse(ConfigWriter.write(config.withDefaultCache()), "experiment")
            .withOverride("name", "rows")
            .withOverride("model", "{type: none}")
            .withOverride("training", "{}")
            .withOverride("evaluation.k", "[1]")
            .withOverride("evaluation.slices", "[]")
            .withOverride("evaluation.fairness", "null")
            .withOverride("evaluation.bootstrap", "0")
            .withOverride("evaluation.keep_predictions", "true");
    return ConfigWriter.write(file.bind(ExperimentConfig.class));
  }
}
