package org.mtl4j.experiment.lint;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the labels of a binary task lie along a number: per different value, the least first, how
 * many rows say no and how many yes. A missing number is below all others.
 */
final class NumberEnds {
  private final double[] values;

  /** Per class, no and yes, the rows of a value and of those below it. */
  private final int[][] upTo;

  private NumberEnds(double[] values, int[][] upTo) {
    this.values = values;
    this.upTo = upTo;
  }

  /**
   * An end of the values.
   *
   * @param label what its rows say, but for few of them
   * @param share how many of the rows that say so are in it, from 0 to 1
   * @param bound the value next to the other rows, which is in it
   */
  record End(int label, double share, double bound) {}

  /** Of the rows of a sample that have a say in a task. */
  static NumberEnds of(RowSample sample, int feature, int task) {
    TreeMap<Double, int[]> counts = new TreeMap<>();
    for (RowSample.Row row : sample.rows()) {
      int label = row.labels()[task];
      if (label != BinaryTask.NO_SAY) {
        double number = row.number(feature);
        counts
            .computeIfAbsent(
                Double.isNaN(number) ? Double.NEGATIVE_INFINITY : number, value -> new int[2])[
            label]++;
      }
    }
    double[] values = new double[counts.size()];
    int[][] upTo = new int[2][counts.size()];
    int i = 0;
    for (Map.Entry<Double, int[]> value : counts.entrySet()) {
      values[i] = value.getKey();
      for (int label = 0; label < 2; label++) {
        upTo[label][i] = value.getValue()[label] + (i == 0 ? 0 : upTo[label][i - 1]);
      }
      i++;
    }
    return new NumberEnds(values, upTo);
  }

  /** Number of different values, a missing one counted as one. */
  int different() {
    return values.length;
  }

  /** Rows that say so. */
  int rows(int label) {
    return values.length == 0 ? 0 : upTo[label][values.length - 1];
  }

  /** The least value; minus infinity where some are missing. */
  double least() {
    return values[0];
  }

  /** The part of the rows of a label that have the least value, from 0 to 1. */
  double atLeast(int label) {
    return upTo[label][0] / (double) rows(label);
  }

  /**
   * The largest lower end of which so many rows have one label.
   *
   * @param purity from 0 to 1
   */
  End low(int label, double purity) {
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (upTo[label][i] >= purity * (upTo[0][i] + upTo[1][i])) {
        last = i;
      }
    }
    return last < 0
        ? new End(label, 0, Double.NaN)
        : new End(label, upTo[label][last] / (double) rows(label), values[last]);
  }

  /** The largest upper end of which so many rows have one label. */
  End high(int label, double purity) {
    int first = values.length;
    for (int i = values.length - 1; i >= 0; i--) {
      if (from(label, i) >= purity * (from(0, i) + from(1, i))) {
        first = i;
      }
    }
    return first == values.length
        ? new End(label, 0, Double.NaN)
        : new End(label, from(label, first) / (double) rows(label), values[first]);
  }

  private int from(int label, int i) {
    return rows(label) - (i == 0 ? 0 : upTo[label][i - 1]);
  }
}
