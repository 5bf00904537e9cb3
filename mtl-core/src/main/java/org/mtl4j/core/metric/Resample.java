package org.mtl4j.core.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * How often the units of some rows were drawn, and what the rows weigh by it. Safe from any thread.
 */
class Resample {
  private final UnitSums units;
  private final int[] drawn;
  private final Map<Object, Double> totals = new HashMap<>();
  private ScoreSums scoreSums;
  private volatile double[] weights;

  /** Of units that were drawn so often. */
  Resample(UnitSums units, int... drawn) {
    this.units = units;
    this.drawn = drawn;
  }

  /** The same draws of one class's table: its rows weigh the same. */
  Resample ofClass(int c) {
    return units.ofClass(c).draw(drawn);
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
    double[] made = weights;
    return (made == null ? makeWeights() : made)[row];
  }

  private synchronized double[] makeWeights() {
    if (weights == null) {
      EvaluationTable table = units.table();
      IntUnaryOperator unit = table.units();
      double[] made = new double[table.size()];
      for (int row = 0; row < made.length; row++) {
        made[row] = drawn[unit.applyAsInt(row)] * units.weight(row);
      }
      weights = made;
    }
    return weights;
  }

  /** The sum over all rows of weight times value. */
  synchronized double sum(Object what, IntToDoubleFunction valueOfRow) {
    Double known = totals.get(what);
    if (known == null) {
      known = units.drawnTotal(drawn, what, valueOfRow);
      totals.put(what, known);
    }
    return known;
  }

  /** Goes through the different scores that were drawn. */
  void visit(ScoreVisitor visitor) {
    visitor.visitAll(scoreSums());
  }

  /** The sums over the different scores that were drawn, for the table of one class too. */
  private synchronized ScoreSums scoreSums() {
    if (scoreSums == null) {
      double[] scores = units.table().differentScores();
      int[] endsOfTies = units.table().endsOfTies();
      int[] signedUnits = units.rankedUnits();
      double[] rankedWeights = units.rankedWeights();
      ScoreSums sums =
          new ScoreSums(scores.length + 1); // What is not kept is written all the same.
      for (int tie = 0, position = 0; tie < scores.length; tie++) {
        double positives = 0;
        double negatives = 0;
        for (; position < endsOfTies[tie]; position++) {
          int signed = signedUnits[position];
          int sign = signed >> (Integer.SIZE - 1);
          double weight = drawn[signed ^ sign] * rankedWeights[position];
          positives += (1 + sign) * weight;
          negatives -= sign * weight;
        }
        sums.add(scores[tie], positives, negatives);
      }
      scoreSums = sums;
    }
    return scoreSums;
  }
}
