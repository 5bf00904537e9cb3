package org.mtl4j.core.task;

import java.util.List;

/**
 * What a task's loss makes of its labels; metrics know nothing of it.
 *
 * @param weight what the loss is multiplied by, not negative
 * @param classWeights what a row counts by its class, in the order of the classes (of a binary task
 *     no, yes), beside its example weight; empty: all classes 1
 * @param smoothing the share e of a label that is spread over the K classes, (1 - e) y + e / K
 *     (Szegedy and others, CVPR 2016), in [0, 1)
 */
public record LossRule(double weight, List<Double> classWeights, double smoothing) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public LossRule {
    checkWeight("loss_weight", weight);
    classWeights = List.copyOf(classWeights);
    classWeights.forEach(w -> checkWeight("class_weights", w));
    checkSmoothing(smoothing);
  }

  /** A loss of labels as they are. */
  public static LossRule weighted(double weight) {
    return new LossRule(weight, List.of(), 0);
  }

  /** The same with weights by class. */
  public LossRule withClassWeights(List<Double> weights) {
    return new LossRule(weight, weights, smoothing);
  }

  /**
   * Checks a share of labels.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public static void checkSmoothing(double smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "label_smoothing: expected a number of at least 0 and below 1, found " + smoothing);
    }
  }

  private static void checkWeight(String key, double weight) {
    if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          key + ": expected a number from 0 to 3.4e38, found " + weight);
    }
  }
}
