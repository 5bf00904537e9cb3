package org.mtl4j.experiment.diagnose;

import java.util.List;
import org.mtl4j.eval.report.FigureText;

/** A task that gets worse on validation rows while its training loss goes on falling. */
final class Overfitting implements FindingRule {
  /** How much worse than at its best, as a share: less comes and goes from epoch to epoch. */
  static final double WORSE = 0.02;

  @Override
  public List<Finding> findings(Evidence evidence) {
    return evidence.tasks().stream()
        .filter(task -> task.together().metric().isPresent())
        .flatMap(task -> finding(task).stream())
        .toList();
  }

  private static List<Finding> finding(Evidence.TaskEvidence task) {
    Evidence.TaskCurve curve = task.together();
    int best = best(curve.validation());
    int last = curve.validation().size();
    if (best == 0 || best == last) {
      return List.of();
    }
    boolean learns = curve.last() < curve.training().get(best - 1);
    double atBest = curve.validation().get(best - 1);
    double atLast = curve.validation().get(last - 1);
    double atKept = curve.validation().get(curve.kept() - 1);
    if (!learns || !(atLast > (1 + WORSE) * atBest)) {
      return List.of();
    }
    boolean kept = atKept > (1 + WORSE) * atBest;
    String metric = curve.metric().orElseThrow();
    return List.of(
        new Finding(
            "OVERFITTING",
            kept ? Severity.WARNING : Severity.NOTE,
            List.of(task.name()),
            "%s of %s on validation rows was best in epoch %d, %s, and is %s in the last, %d, while its training loss fell from %s to %s. The state that is kept, of epoch %d, has %s."
                .formatted(
                    metric,
                    task.name(),
                    best,
                    FigureText.of(atBest),
                    FigureText.of(atLast),
                    last,
                    FigureText.of(curve.training().get(best - 1)),
                    FigureText.of(curve.last()),
                    curve.kept(),
                    FigureText.of(atKept)),
            kept
                ? "Stop by this task (training.early_stopping: {metric: %s/%s}), or fewer epochs; dropout in the model; smaller tables (dim, min_count)."
                    .formatted(task.name(), metric)
                : "The kept state is not hurt; fewer epochs would save time."));
  }

  /** The epoch of the least figure, from 1; 0 if none is defined. */
  private static int best(List<Double> values) {
    int best = 0;
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isNaN(values.get(i)) && (best == 0 || values.get(i) < values.get(best - 1))) {
        best = i + 1;
      }
    }
    return best;
  }
}
