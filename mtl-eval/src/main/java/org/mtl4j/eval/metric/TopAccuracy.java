package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Top-K accuracy, {@code top_accuracy@K}: the share, by example weight, of rows whose label is
 * among their K most probable classes; of a multilabel output, one of the row's classes, and rows
 * without any are left out. In [0, 1], and 1 where there are no more than K classes.
 *
 * <p>Classes of equal probability count as expected over their orders. Not defined where no row
 * that has a class weighs something.
 *
 * @param k number of classes taken, at least 1
 */
public record TopAccuracy(int k) implements Metric {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public TopAccuracy {
    AtK.checkCutOff("top_accuracy", k);
  }

  @Override
  public String key() {
    return "top_accuracy@" + k;
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Multilabel || type.isClass();
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    double weight = rows.weightedSum(TopAccuracy.class, row -> hasClass(rows, row) ? 1 : 0);
    return weight > 0
        ? OptionalDouble.of(
            rows.weightedSum(this, row -> hasClass(rows, row) ? hit(rows, row) : 0) / weight)
        : OptionalDouble.empty();
  }

  private static boolean hasClass(EvaluationRows rows, int row) {
    for (int c = 0; c < rows.width(); c++) {
      if (ClassProbabilities.isLabel(rows, row, c)) {
        return true;
      }
    }
    return false;
  }

  /** The probability, over orders of ties, that a class of the row is among the first k. */
  private double hit(EvaluationRows rows, int row) {
    double best = Double.NEGATIVE_INFINITY; // the row's own class of highest probability
    for (int c = 0; c < rows.width(); c++) {
      if (ClassProbabilities.isLabel(rows, row, c)) {
        best = Math.max(best, ClassProbabilities.of(rows, row, c));
      }
    }
    int above = 0;
    int tied = 0;
    int tiedLabels = 0;
    for (int c = 0; c < rows.width(); c++) {
      double probability = ClassProbabilities.of(rows, row, c);
      above += probability > best ? 1 : 0;
      tied += probability == best ? 1 : 0;
      tiedLabels += probability == best && ClassProbabilities.isLabel(rows, row, c) ? 1 : 0;
    }
    int places = Math.min(tied, k - above);
    return places <= 0 ? 0 : 1 - Draw.missProbability(tied, tiedLabels, places);
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "none of %d rows has a class".formatted(WeightedMean.countWeighty(rows))
        : Metric.super.whyUndefined(rows);
  }
}
