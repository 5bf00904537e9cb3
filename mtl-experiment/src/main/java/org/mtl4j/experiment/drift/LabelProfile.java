package org.mtl4j.experiment.drift;

import java.util.List;

/**
 * What labels of a task are like: the rate of positives, the mean of a regression's values, or how
 * often each class is.
 *
 * @param rows number of rows that have a say, weighted ones counting as many as their weights tell
 *     apart (Kish)
 * @param mean the weighted mean of labels
 * @param deviation their weighted standard deviation
 * @param shares of classes by their index; empty for a binary task and a regression
 */
public record LabelProfile(double rows, double mean, double deviation, List<Double> shares) {
  /**
   * Copies the list and checks the number of rows.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public LabelProfile {
    shares = List.copyOf(shares);
    if (!(rows >= 0)) {
      throw new IllegalArgumentException("rows: expected at least 0, found " + rows);
    }
  }
}
