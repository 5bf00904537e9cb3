package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Macro-averaged F1 of a multilabel output, {@code macro_f1}: the mean of the classes' own F1, so
 * that a rare class counts as much as a frequent one. A class is predicted from a probability above
 * 0.5 on. In [0, 1]. Classes that no row has and none is predicted to have are left out, as by
 * scikit-learn's {@code zero_division=nan}; not defined where that is all of them.
 */
public record MacroF1() implements MacroMean {
  @Override
  public String key() {
    return "macro_f1";
  }

  @Override
  public OptionalDouble ofClass(EvaluationRows rows) {
    return F1.of(rows);
  }

  @Override
  public String lack() {
    return "a row that has it, in fact or as predicted";
  }
}
