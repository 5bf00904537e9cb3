package org.mtl4j.eval.metric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;

/**
 * Macro-averaged F1, {@code macro_f1}: the mean of the classes' own F1, so that a rare class counts
 * as much as a frequent one. Predicted is the most probable class, or of a multilabel output every
 * class from a probability above 0.5 on. In [0, 1]. By example weight. Classes that no row has and
 * none is predicted to have are left out, as by scikit-learn's {@code zero_division=nan}. Not
 * defined where that is all of them.
 */
public record MacroF1() implements MacroMean {
  @Override
  public String key() {
    return "macro_f1";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Multilabel || type.isClass();
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return rows.hasSets()
        ? MacroMean.super.compute(rows)
        : Arrays.stream(ofClasses(rows)).filter(f1 -> !Double.isNaN(f1)).average();
  }

  @Override
  public BitSet defined(EvaluationRows rows) {
    if (rows.hasSets()) {
      return MacroMean.super.defined(rows);
    }
    double[] figures = ofClasses(rows);
    BitSet defined = new BitSet();
    for (int c = 0; c < figures.length; c++) {
      defined.set(c, !Double.isNaN(figures[c]));
    }
    return defined;
  }

  /** The classes' F1 where a row is of one of them, all in one pass; NaN where not defined. */
  private static double[] ofClasses(EvaluationRows rows) {
    double[] both = new double[rows.width()];
    double[] either = new double[rows.width()];
    for (int row = 0; row < rows.size(); row++) {
      int label = (int) rows.labels().get(row);
      int predicted = ClassProbabilities.mostProbable(rows, row);
      double weight = rows.weight(row);
      both[label] += label == predicted ? 2 * weight : 0;
      either[label] += weight;
      either[predicted] += weight;
    }
    double[] figures = new double[both.length];
    for (int c = 0; c < figures.length; c++) {
      figures[c] = both[c] / either[c];
    }
    return figures;
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
