package org.mtl4j.experiment.online;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.metric.Gauc;
import org.mtl4j.eval.metric.Mae;
import org.mtl4j.eval.metric.QuantileLoss;

/**
 * What two models are compared by: how well they tell rows apart, and how far off their numbers
 * are, in the sense in which they are trained. A median that got better may have a worse RMSE.
 *
 * @param evaluator of the experiment
 * @param calibrated tasks whose predictions are mended after training
 */
record GateMetrics(Evaluator evaluator, Set<String> calibrated) {
  private static final Set<String> USUAL = Set.of("auc", "log_loss", "rmse");
  private static final Set<String> RANKING = Set.of("auc");

  /**
   * Of an output. A median, a quantile and a ranking have theirs whether the experiment reports it
   * or not; where it reports none of the others, it is the first that judges.
   *
   * @param parts what rows hold
   */
  List<Metric> of(OutputSpec output, Set<RowPart> parts) {
    if (output.type() instanceof TaskType.Regression number) {
      if (number.loss() instanceof RegressionLoss.Quantile quantile) {
        return List.of(new QuantileLoss(quantile.level()));
      }
      if (number.loss() instanceof RegressionLoss.Mae) {
        return List.of(new Mae());
      }
    }
    if (parts.contains(RowPart.GROUPS) && givesScores(output) && ranks(output)) {
      return List.of(new Gauc());
    }
    List<Metric> judging =
        evaluator.metricsOf(output, parts).stream().filter(Metric::judges).toList();
    Set<String> keys = givesScores(output) ? RANKING : USUAL;
    List<Metric> metrics = judging.stream().filter(m -> keys.contains(m.key())).toList();
    return metrics.isEmpty() ? judging.subList(0, Math.min(1, judging.size())) : metrics;
  }

  /** Scores that are compared within a query alone. */
  private static boolean ranks(OutputSpec output) {
    return output.type() instanceof TaskType.Binary binary && binary.loss().ranks();
  }

  /** Scores that rank and are no probabilities: a log loss says nothing of them. */
  private boolean givesScores(OutputSpec output) {
    return output.type() instanceof TaskType.Binary binary
        && (binary.loss() instanceof BinaryLoss.Hinge || ranks(output))
        && !calibrated.contains(output.name());
  }
}
