package org.mtl4j.eval.importance;

import java.util.List;
import java.util.Optional;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.interval.StudentT;

/**
 * How much worse one figure of an output becomes without one set of columns.
 *
 * @param of whose
 * @param rows number of rows that were measured
 * @param figure of the rows as they are
 * @param drops of each permutation, how much worse the figure was, in its unit: above 0 it was
 *     worse, whether smaller is better or larger
 */
public record Importance(Of of, int rows, double figure, List<Double> drops) {
  /**
   * What an importance is of.
   *
   * @param output the output
   * @param metric the metric's key
   * @param columns the name of the set of columns
   */
  public record Of(String output, String metric, String columns) {}

  /**
   * Copies the drops.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Importance {
    drops = List.copyOf(drops);
    if (drops.isEmpty()) {
      throw new IllegalArgumentException(of + ": expected at least one drop, found none");
    }
  }

  private double[] numbers() {
    return drops.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The mean of the drops: the importance. */
  public double mean() {
    return StudentT.mean(numbers());
  }

  /** The standard deviation of the drops; NaN of one permutation. */
  public double deviation() {
    return StudentT.deviation(numbers());
  }

  /**
   * Where the mean of all permutations of these very rows lies, with 95 %; it says nothing of other
   * rows. Empty of one permutation.
   */
  public Optional<Interval> interval() {
    return StudentT.interval(numbers());
  }
}
