package org.mtl4j.core.task;

import java.util.Optional;

/**
 * One thing to predict.
 *
 * @param name the key of its output and of its metrics
 * @param type kind of label
 * @param label the label's value; a row where it is missing has no say in the task
 * @param space the rows the task speaks about
 * @param exampleWeight weight of a row in the loss and in metrics, not negative; empty: 1
 * @param lossWeight weight of the task's loss, not negative
 */
public record Task(
    String name,
    TaskType type,
    Expression label,
    SampleSpace space,
    Optional<Expression> exampleWeight,
    double lossWeight) {
  /**
   * Checks the name and the weight.
   *
   * @throws IllegalArgumentException if the name is no identifier, or the weight is not as {@link
   *     #checkLossWeight} says
   */
  public Task {
    if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "expected letters, digits and _ after a letter, found \"" + name + "\"");
    }
    checkLossWeight(lossWeight);
  }

  /**
   * Checks the weight of a loss, which is multiplied by it in float32.
   *
   * @throws IllegalArgumentException if it is negative, not finite, or beyond float32
   */
  public static void checkLossWeight(double lossWeight) {
    if (!(lossWeight >= 0 && lossWeight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "loss_weight: expected a number from 0 to 3.4e38, found " + lossWeight);
    }
  }

  /** What the prediction means, for people: {@code P(purchase | click == 1)}, {@code E[rating]}. */
  public String meaning() {
    String given = space.where().map(w -> " | " + w).orElse("");
    if (type instanceof TaskType.Regression) {
      return "E[" + name + given + "]";
    }
    return (type instanceof TaskType.Multilabel ? "P(class in " : "P(") + name + given + ")";
  }
}
