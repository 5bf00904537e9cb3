package org.mtl4j.eval.metric;

import org.mtl4j.core.metric.EvaluationRows;

/** Reads a row's predictions as probabilities: one number for yes or no, or one for each class. */
public final class ClassProbabilities {
  private ClassProbabilities() {}

  /** The probability that was given to the row's label. */
  public static double ofLabel(EvaluationRows rows, int row) {
    int label = (int) rows.labels().get(row);
    if (rows.width() > 1) {
      return rows.predictions().get(row * rows.width() + label);
    }
    double yes = rows.predictions().get(row);
    return label == 1 ? yes : 1 - yes;
  }

  /** The probability of one class, where there are several. */
  static double of(EvaluationRows rows, int row, int c) {
    return rows.predictions().get(row * rows.width() + c);
  }

  /** Whether the row is of a class, of which there are several: its label, or one of its set. */
  static boolean isLabel(EvaluationRows rows, int row, int c) {
    return rows.hasSets()
        ? rows.labels().get(row * rows.width() + c) == 1
        : rows.labels().get(row) == c;
  }

  /** The class of the largest probability, the first of them in a tie: a yes is above 0.5. */
  public static int mostProbable(EvaluationRows rows, int row) {
    if (rows.width() == 1) {
      return rows.predictions().get(row) > 0.5 ? 1 : 0;
    }
    int first = row * rows.width();
    int best = 0;
    for (int c = 1; c < rows.width(); c++) {
      if (rows.predictions().get(first + c) > rows.predictions().get(first + best)) {
        best = c;
      }
    }
    return best;
  }
}
