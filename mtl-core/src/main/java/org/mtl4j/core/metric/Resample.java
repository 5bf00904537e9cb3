package org.mtl4j.core.metric;

/**
 * How often the units of some rows were drawn, and what the rows weigh by it. Safe from any thread.
 */
final class Resample {
  private final EvaluationTable table;
  private final int[] drawn;
  private final double[] weights;
  private ScoreSums sums;

  private Resample(EvaluationTable table, int[] drawn, double[] weights) {
    this.table = table;
    this.drawn = drawn;
    this.weights = weights;
  }

  /** Of rows of these example weights, whose units were drawn so often. */
  static Resample of(EvaluationTable table, Numbers exampleWeights, int... drawn) {
    double[] weights = new double[table.size()];
    int[] unitOfRow = table.groups().isPresent() ? table.groupIndex().ofRow() : new int[0];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = drawn[unitOfRow.length == 0 ? row : unitOfRow[row]] * exampleWeights.get(row);
    }
    return new Resample(table, drawn, weights);
  }

  /** The same draws of one class's table: its rows weigh the same. */
  Resample ofClass(EvaluationTable ofClass) {
    return new Resample(ofClass, drawn, weights);
  }

  /** How often a unit was drawn. */
  int count(int unit) {
    return drawn[unit];
  }

  int[] counts() {
    return drawn;
  }

  /** A row's example weight, as often as its unit was drawn. */
  double weight(int row) {
    return weights[row];
  }

  /** The sums over the different scores, for the table of one class too. */
  synchronized ScoreSums sums() {
    if (sums == null) {
      Ranking ranking = table.ranking();
      int[] places = table.rankedPlaces();
      double[] scores = table.differentScores();
      double[] weightOfPlace = new double[2 * scores.length];
      for (int position = 0; position < places.length; position++) {
        weightOfPlace[places[position]] += weights[ranking.row(position)];
      }
      sums = new ScoreSums(scores, weightOfPlace);
    }
    return sums;
  }
}
