package org.mtl4j.experiment.diagnose;

import java.util.List;
import org.mtl4j.eval.report.FigureText;

/** A binary task whose probabilities are too high or too low on average. */
final class Miscalibration implements FindingRule {
  /** How far from 1 the ratio may be, besides what its interval allows. */
  static final double OFF = 0.05;

  @Override
  public List<Finding> findings(Evidence evidence) {
    return evidence.tasks().stream()
        .filter(task -> task.calibration().filter(Miscalibration::isOff).isPresent())
        .map(task -> finding(task.name(), task.calibration().orElseThrow()))
        .toList();
  }

  private static boolean isOff(Evidence.MeanRatio ratio) {
    boolean outside = ratio.interval().low() > 1 || ratio.interval().high() < 1;
    return outside && Math.abs(ratio.value() - 1) > OFF;
  }

  private static Finding finding(String task, Evidence.MeanRatio ratio) {
    return new Finding(
        "MISCALIBRATION",
        Severity.WARNING,
        List.of(task),
        "%s promises %s times the positives that there are (pcoc), 95 %% %s."
            .formatted(task, FigureText.of(ratio.value()), FigureText.of(ratio.interval())),
        "Set tasks.%s.calibration: platt, isotonic or temperature. If the test rows are later than the training rows, their rate may have changed: mtl lint looks at that."
            .formatted(task));
  }
}
