package org.mtl4j.core.metric;

import java.util.BitSet;

/**
 * How often the units of some rows were drawn, and what the rows weigh by it. Safe from any thread.
 */
final class Resample {
  private final EvaluationTable table;
  private final Numbers exampleWeights;
  private final int[] drawn;
  private final Numbers weights;
  private ScoreSums sums;

  Resample(EvaluationTable table, Numbers exampleWeights, int... drawn) {
    this.table = table;
    this.exampleWeights = exampleWeights;
    this.drawn = drawn;
    this.weights = weights();
  }

  private Numbers weights() {
    double[] values = new double[table.size()];
    int[] unitOfRow = table.groups().isPresent() ? table.groupIndex().ofRow() : new int[0];
    for (int row = 0; row < values.length; row++) {
      values[row] = drawn[unitOfRow.length == 0 ? row : unitOfRow[row]] * exampleWeights.get(row);
    }
    return Numbers.of(values);
  }

  /** How often a unit was drawn. */
  int count(int unit) {
    return drawn[unit];
  }

  int[] counts() {
    return drawn;
  }

  /** Per row its example weight, as often as its unit was drawn. */
  Numbers rowWeights() {
    return weights;
  }

  /** The sums over the different scores, for the table of one class too. */
  synchronized ScoreSums sums() {
    if (sums == null) {
      Ranking ranking = table.ranking();
      BitSet isPositive = table.rankedPositives();
      int[] units = table.rankedUnits();
      double[] scores = table.differentScores();
      double[] positives = new double[scores.length];
      double[] negatives = new double[scores.length];
      for (int start = 0, end, i = 0; start < units.length; start = end, i++) {
        end = ranking.endOfTie(start);
        for (int position = start; position < end; position++) {
          int count = drawn[units[position]];
          if (count > 0) {
            double[] side = isPositive.get(position) ? positives : negatives;
            side[i] += count * exampleWeights.get(ranking.row(position));
          }
        }
      }
      sums = new ScoreSums(scores, positives, negatives);
    }
    return sums;
  }
}
