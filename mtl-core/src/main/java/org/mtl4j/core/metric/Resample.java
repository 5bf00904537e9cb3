package org.mtl4j.core.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * How often the units of some rows were drawn, and what the rows weigh by it. Safe from any thread.
 */
final class Resample {
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
    return new Resample(units.ofClass(c), drawn);
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
      known = sum(units.of(what, valueOfRow));
      totals.put(what, known);
    }
    return known;
  }

  /** Four sums at a time: one alone would wait for each addition before the next. */
  private double sum(double... ofUnits) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int unit = 0;
    for (; unit + 3 < drawn.length; unit += 4) {
      first += drawn[unit] * ofUnits[unit];
      second += drawn[unit + 1] * ofUnits[unit + 1];
      third += drawn[unit + 2] * ofUnits[unit + 2];
      fourth += drawn[unit + 3] * ofUnits[unit + 3];
    }
    for (; unit < drawn.length; unit++) {
      first += drawn[unit] * ofUnits[unit];
    }
    return first + second + (third + fourth);
  }

  /** The sums over the different scores that were drawn, for the table of one class too. */
  synchronized ScoreSums scoreSums() {
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
