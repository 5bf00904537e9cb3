package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.EvaluationConfig;

/** Which metrics an experiment asks for, and which of them ends its training. */
final class MetricChoice {
  private static final String METRICS = "evaluation.metrics";

  private MetricChoice() {}

  /** What measures the runs; empty if a metric is unknown, which {@code problems} has then. */
  static Optional<Evaluator> evaluator(
      ExperimentDraft draft, Map<String, MetricFactory> metrics, Problems problems) {
    Optional<EvaluationConfig> config = draft.evaluation();
    if (config.isEmpty()) {
      return Optional.empty();
    }
    EvaluationConfig evaluation = config.get();
    try {
      Evaluator evaluator = Evaluator.of(metrics, evaluation.metrics(), evaluation.settings());
      checkGroups(draft, evaluation, metrics, problems);
      return Optional.of(evaluator);
    } catch (MtlException e) {
      problems.addAt(draft.where(METRICS), e);
      return Optional.empty();
    }
  }

  /** Whoever names a metric by group wants to see it, and would not without groups. */
  private static void checkGroups(
      ExperimentDraft draft,
      EvaluationConfig evaluation,
      Map<String, MetricFactory> metrics,
      Problems problems) {
    if (evaluation.groupBy().isPresent()) {
      return;
    }
    for (String name : evaluation.metrics().orElse(List.of())) {
      if (metrics.get(name).create(evaluation.settings()).stream().anyMatch(Metric::needsGroups)) {
        problems.add(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                draft.where(METRICS),
                "Expected evaluation.group_by beside \"%s\", which is taken group by group; found none."
                    .formatted(name),
                "Name the column: evaluation: {group_by: user_id}."));
      }
    }
  }

  /** When training ends early; empty if nothing is said of it or it is wrong. */
  static Optional<EarlyStopping> stopping(
      ExperimentDraft draft, Evaluator evaluator, List<OutputSpec> outputs, Problems problems) {
    var wanted = draft.earlyStopping();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    String key = wanted.get().metric();
    String where = draft.where("training.early_stopping.metric");
    boolean grouped = draft.evaluation().flatMap(EvaluationConfig::groupBy).isPresent();
    try {
      Metric metric = evaluator.metric(key, outputs, grouped);
      if (metric.judges()) {
        return Optional.of(
            new EarlyStopping(key, metric.higherIsBetter(), wanted.get().patience()));
      }
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              where,
              "Expected a metric that says which of two states is better, found \"%s\", which describes one."
                  .formatted(key),
              "Stop by another metric, an auc or log_loss say."));
    } catch (MtlException e) {
      problems.addAt(where, e);
    }
    return Optional.empty();
  }
}
