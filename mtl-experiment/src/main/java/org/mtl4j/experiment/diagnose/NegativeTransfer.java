package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Optional;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.report.FigureText;
import org.mtl4j.experiment.compare.Comparison;

/** A task that was shown to be better off alone. */
final class NegativeTransfer implements FindingRule {
  @Override
  public List<Finding> findings(Evidence evidence) {
    return evidence.tasks().stream()
        .map(Evidence.TaskEvidence::name)
        .filter(evidence::lost)
        .map(task -> finding(task, evidence.headline(task).orElseThrow()))
        .toList();
  }

  private static Finding finding(String task, Comparison.Figure figure) {
    Comparison.Entry alone = figure.entries().get(0);
    Comparison.Entry together = Evidence.together(figure);
    Optional<Difference> difference = together.difference();
    String seen =
        "%s of %s is %s learnt with the other tasks and %s learnt alone: %s, 95 %% %s, p %s after correction, on %d rows."
            .formatted(
                figure.metric(),
                task,
                FigureText.of(together.value()),
                FigureText.of(alone.value()),
                FigureText.of(difference.orElseThrow().value()),
                FigureText.of(difference.get().interval()),
                FigureText.ofP(together.corrected().orElseThrow()),
                figure.rows());
    return new Finding(
        "NEGATIVE_TRANSFER",
        Severity.WARNING,
        List.of(task),
        seen,
        "Raise tasks.%s.loss_weight, give the task more of its own (a larger tower, mmoe or cross_stitch in place of a shared bottom), or serve a model of this task alone."
            .formatted(task));
  }
}
