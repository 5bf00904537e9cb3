package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.Ranking;
import org.mtl4j.core.metric.RowValues;
import org.mtl4j.core.task.TaskType;

/**
 * Spearman's rank correlation, {@code spearman}: Pearson's correlation of the ranks of predictions
 * and labels (Spearman, American Journal of Psychology 15, 1904). In [-1, 1], 0 for predictions
 * that say nothing of the order.
 *
 * <p>Tied rows have the mean of their ranks. A row of example weight w counts as w rows: it takes
 * up w ranks, and w of the correlation. Not defined where all labels, or all predictions, are
 * equal.
 */
public record Spearman() implements Metric {
  @Override
  public String key() {
    return "spearman";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Regression;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public boolean isResampledInPasses() {
    return false;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    Numbers x = centredRanks(rows, rows.ranking());
    Numbers y = centredRanks(rows, rows.labelRanking());
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int row = 0; row < x.size(); row++) {
      double weight = rows.weight(row);
      double ofX = x.get(row);
      double ofY = y.get(row);
      xy += weight * ofX * ofY;
      xx += weight * ofX * ofX;
      yy += weight * ofY * ofY;
    }
    return xx > 0 && yy > 0 ? OptionalDouble.of(xy / Math.sqrt(xx * yy)) : OptionalDouble.empty();
  }

  /** Per row the middle of the ranks that its tie takes up, less the mean of all ranks. */
  private static Numbers centredRanks(EvaluationRows rows, Ranking ranking) {
    double total = 0;
    for (int row = 0; row < rows.size(); row++) {
      total += rows.weight(row);
    }
    RowValues ranks = rows.space().values();
    double above = 0;
    for (int start = 0, end; start < ranking.size(); start = end) {
      end = ranking.endOfTie(start);
      double tied = 0;
      for (int i = start; i < end; i++) {
        tied += rows.weight(ranking.row(i));
      }
      for (int i = start; i < end; i++) {
        ranks.set(ranking.row(i), tied == total ? 0 : above + tied / 2 - total / 2);
      }
      above += tied;
    }
    return ranks.numbers();
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "all labels, or all predictions, are equal among %d rows"
            .formatted(WeightedMean.countWeighty(rows))
        : Metric.super.whyUndefined(rows);
  }
}
