package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Macro-averaged area under the ROC curve of a multilabel output, {@code macro_auc}: the mean of
 * the classes' own {@link Auc}, over those classes that some rows have and some have not. In [0,
 * 1], 0.5 for scores that say nothing. Not defined where no class has both.
 */
public record MacroAuc() implements MacroMean {
  @Override
  public String key() {
    return "macro_auc";
  }

  @Override
  public OptionalDouble ofClass(EvaluationRows rows) {
    return new Auc().compute(rows);
  }

  @Override
  public boolean isDefined(EvaluationRows rows) {
    return has(rows, 1) && has(rows, 0);
  }

  private static boolean has(EvaluationRows rows, double label) {
    return IntStream.range(0, rows.size())
        .anyMatch(row -> rows.labels().get(row) == label && rows.weight(row) > 0);
  }

  @Override
  public String lack() {
    return "both a positive and a negative row";
  }
}
