package org.mtl4j.experiment.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Default;

/**
 * An experiment file.
 *
 * @param name names the run's folder; letters, digits, dots, dashes and underscores
 * @param seed root of all randomness
 * @param data rows and splits
 * @param features inputs by name
 * @param tasks what to predict, by name
 * @param model the architecture
 * @param training how it is trained
 * @param evaluation how it is measured
 * @param lint what the linter looks at
 * @param export what its exports hold
 */
public record ExperimentConfig(
    String name,
    @Default("1") long seed,
    DataConfig data,
    Map<String, FeatureConfig> features,
    Map<String, TaskConfig> tasks,
    @Default("{type: mmoe}") Choice model,
    @Default("{}") TrainingConfig training,
    @Default("{}") EvaluationConfig evaluation,
    @Default("{}") LintConfig lint,
    @Default("{}") ExportConfig export) {
  /**
   * Checks that there is something to learn from and to predict.
   *
   * @throws IllegalArgumentException if there is not, or the name cannot be that of a folder
   */
  public ExperimentConfig {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "name: expected letters, digits, dots, dashes and underscores, found \"" + name + "\"");
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: expected at least one, found none");
    }
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("tasks: expected at least one, found none");
    }
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  /** The same with the cache that is there by default: results do not depend on it. */
  public ExperimentConfig withDefaultCache() {
    return new ExperimentConfig(
        name,
        seed,
        data.withDefaultCache(),
        features,
        tasks,
        model,
        training,
        evaluation,
        lint,
        export);
  }
}
