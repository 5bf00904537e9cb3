package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.training.Criterion;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.EarlyStoppingConfig;
import org.mtl4j.experiment.config.EvaluationConfig;

/** Which metrics an experiment asks for, and by which of them a state is kept. */
final class MetricChoice {
  private static final String METRICS = "evaluation.metrics";
  private static final String STOPPING = "training.early_stopping";

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
      checkParts(draft, evaluation, metrics, problems);
      return Optional.of(evaluator);
    } catch (MtlException e) {
      problems.addAt(draft.where(METRICS), e);
      return Optional.empty();
    }
  }

  /** Whoever names a metric by group, or of items, wants to see it, and would not without them. */
  private static void checkParts(
      ExperimentDraft draft,
      EvaluationConfig evaluation,
      Map<String, MetricFactory> metrics,
      Problems problems) {
    for (String name : evaluation.metrics().orElse(List.of())) {
      metrics.get(name).create(evaluation.settings()).stream()
          .flatMap(metric -> metric.needs().stream())
          .filter(part -> !evaluation.parts().contains(part))
          .min(Comparator.naturalOrder())
          .map(part -> missing(draft.where(METRICS), name, part))
          .ifPresent(problems::add);
    }
  }

  private static Problem missing(String where, String metric, RowPart part) {
    return switch (part) {
      case GROUPS ->
          problem(
              where,
              "Expected evaluation.group_by beside \"%s\", which is taken group by group; found none."
                  .formatted(metric),
              "Name the column: evaluation: {group_by: user_id}.");
      case ITEMS, POPULARITY ->
          problem(
              where,
              "Expected evaluation.item beside \"%s\", which is a figure of items; found none."
                  .formatted(metric),
              "Name the column: evaluation: {item: item_id}.");
      case CONTENT ->
          problem(
              where,
              "Expected evaluation.item_content beside \"%s\", which compares what items are like; found none."
                  .formatted(metric),
              "Name the columns: evaluation: {item: item_id, item_content: [category]}.");
    };
  }

  private static Problem problem(String where, String what, String remedy) {
    return new Problem(ErrorCode.CONFIG_VALUE, where, what, remedy);
  }

  /** Which state is kept; empty if nothing is said of it or it is wrong. */
  static Optional<EarlyStopping> stopping(
      ExperimentDraft draft, Evaluator evaluator, List<OutputSpec> outputs, Problems problems) {
    return draft
        .earlyStopping()
        .flatMap(
            wanted -> {
              List<Goal> goals = new ArrayList<>();
              for (String key : wanted.keys()) {
                goal(draft, evaluator, outputs, key, problems).ifPresent(goals::add);
              }
              return goals.size() < wanted.keys().size()
                  ? Optional.empty()
                  : stopping(draft, wanted, goals, problems);
            });
  }

  private static Optional<Goal> goal(
      ExperimentDraft draft,
      Evaluator evaluator,
      List<OutputSpec> outputs,
      String key,
      Problems problems) {
    String where = draft.where(STOPPING + "." + draft.earlyStopping().orElseThrow().rule());
    Set<RowPart> parts = draft.evaluation().map(EvaluationConfig::parts).orElse(Set.of());
    try {
      Metric metric = evaluator.metric(key, outputs, parts);
      if (metric.judges()) {
        return Optional.of(new Goal(key, metric.higherIsBetter()));
      }
      problems.add(
          problem(
              where,
              "Expected a metric that says which of two states is better, found \"%s\", which describes one."
                  .formatted(key),
              "Stop by another metric, an auc or log_loss say."));
    } catch (MtlException e) {
      problems.addAt(where, e);
    }
    return Optional.empty();
  }

  private static Optional<EarlyStopping> stopping(
      ExperimentDraft draft, EarlyStoppingConfig wanted, List<Goal> goals, Problems problems) {
    try {
      return Optional.of(new EarlyStopping(criterion(wanted, goals), wanted.patience()));
    } catch (IllegalArgumentException e) {
      String sentence = e.getMessage().substring(e.getMessage().indexOf(": ") + 2);
      problems.add(
          problem(
              draft.where(STOPPING + "." + wanted.rule()),
              sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".",
              "Name more metrics, or give one as metric: ..."));
      return Optional.empty();
    }
  }

  private static Criterion criterion(EarlyStoppingConfig wanted, List<Goal> goals) {
    double minGain = wanted.minGain().orElse(0.0);
    if (wanted.pareto().isPresent()) {
      return new Criterion.ByDominance(goals, wanted.kept());
    }
    return wanted
        .metrics()
        .<Criterion>map(
            weights ->
                new Criterion.ByWeightedSum(
                    goals.stream()
                        .map(g -> new Criterion.ByWeightedSum.Part(g, weights.get(g.metric())))
                        .toList(),
                    minGain))
        .orElseGet(() -> new Criterion.ByMetric(goals.get(0), minGain));
  }
}
