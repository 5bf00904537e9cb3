package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.ExperimentConfig;

/**
 * An experiment whose file has been read and found right; no data has been touched.
 *
 * @param document what the file says
 * @param features the inputs, in order
 * @param tasks the tasks, in order
 * @param learner what is trained, and by which rules
 * @param judge what it is measured by
 */
public record ExperimentPlan(
    Document document, List<FeatureSpec> features, List<Task> tasks, Learner learner, Judge judge) {
  /** Copies the lists. */
  public ExperimentPlan {
    features = List.copyOf(features);
    tasks = List.copyOf(tasks);
  }

  /** Per feature that is known in training only, the raw value that serving gives. */
  public Map<String, String> served() {
    Map<String, String> served = new LinkedHashMap<>();
    config()
        .features()
        .forEach((name, feature) -> feature.serveAs().ifPresent(v -> served.put(name, v)));
    return served;
  }

  /** The column that says which training rows are compared; empty if no task compares rows. */
  public Optional<String> queryGroup() {
    return tasks.stream().anyMatch(Task::ranks) ? config().data().queryGroup() : Optional.empty();
  }

  /** What a user should know before it trains, a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(learner.model().warnings());
    warnings.addAll(QueryNotes.of(this));
    return warnings;
  }

  /**
   * The metric behind a key such as {@code click/auc}.
   *
   * @throws org.mtl4j.core.error.MtlException UNKNOWN_NAME, with the nearest key, if nothing will
   *     be measured under it
   */
  public Metric metric(String key) {
    return judge
        .evaluator()
        .metric(
            key,
            learner.model().outputs(tasks.stream().map(LintSubjects::unfitted).toList()),
            config().evaluation().parts());
  }

  /** The file with every default filled in. */
  public ExperimentConfig config() {
    return document.config();
  }

  /**
   * What the file says, every default filled in.
   *
   * @param config as values
   * @param yaml as text, with {@code ${env:X}} as it was typed
   * @param root what was typed, and where
   */
  public record Document(ExperimentConfig config, String yaml, ConfigNode.Mapping root) {
    /**
     * The same failure, with file, line and column at problems whose place is a key that was typed:
     * what does not fit the data is found by parts that know the key's path only.
     */
    public MtlException placed(MtlException failure) {
      return failure.placed(root::whereIs);
    }
  }

  /**
   * What it is measured by.
   *
   * @param evaluator the metrics
   * @param earlyStopping when to stop, if the file says so
   */
  public record Judge(Evaluator evaluator, Optional<EarlyStopping> earlyStopping) {}
}
