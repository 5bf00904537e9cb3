package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Optional;
import org.mtl4j.eval.report.FigureText;

/** A task whose training loss stands still, though the model of this task alone gets it lower. */
final class StoppedLearning implements FindingRule {
  /** What the second half of the epochs has to gain, as a share of the loss. */
  static final double GAIN = 0.005;

  /** By how much the model of one task has to end lower, as a share of the loss. */
  static final double LOWER = 0.03;

  private static final int LEAST_EPOCHS = 2;

  @Override
  public List<Finding> findings(Evidence evidence) {
    return evidence.tasks().stream()
        .filter(task -> task.together().training().size() >= LEAST_EPOCHS)
        .filter(task -> gain(task.together()) < GAIN)
        .filter(task -> isLower(task.alone(), task.together()))
        .map(StoppedLearning::finding)
        .toList();
  }

  private static boolean isLower(Optional<Evidence.TaskCurve> alone, Evidence.TaskCurve together) {
    return alone.filter(curve -> curve.last() < (1 - LOWER) * together.last()).isPresent();
  }

  /** How much lower the last epoch is than the one in the middle, as a share of that. */
  private static double gain(Evidence.TaskCurve curve) {
    double middle = curve.training().get((curve.training().size() - 1) / 2);
    return middle > 0 ? (middle - curve.last()) / middle : 0;
  }

  private static Finding finding(Evidence.TaskEvidence task) {
    List<Double> losses = task.together().training();
    return new Finding(
        "STOPPED_LEARNING",
        Severity.WARNING,
        List.of(task.name()),
        "The training loss of %s was %s in epoch 1, %s in epoch %d and %s in the last, %d; the model of this task alone ended at %s."
            .formatted(
                task.name(),
                FigureText.of(losses.get(0)),
                FigureText.of(losses.get((losses.size() - 1) / 2)),
                (losses.size() - 1) / 2 + 1,
                FigureText.of(task.together().last()),
                losses.size(),
                FigureText.of(task.alone().orElseThrow().last())),
        "Raise tasks.%s.loss_weight or lower those of the others, and see whether LOSS_SCALE or OPPOSED_TASKS names the task that stands in its way."
            .formatted(task.name()));
  }
}
