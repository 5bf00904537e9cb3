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
   * @throws IllegalArgumentException if the name is no identifier, or the weight is negative or not
   *     finite
   */
  public Task {
    if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "expected letters, digits and _ after a letter, found \"" + name + "\"");
    }
    if (!(lossWeight >= 0) || Double.isInfinite(lossWeight)) {
      throw new IllegalArgumentException(
          "loss_weight: expected a number of at least 0, found " + lossWeight);
    }
  }

  /** What the prediction means, for people: {@code P(purchase | click == 1)}, {@code E[rating]}. */
  public String meaning() {
    String given = space.where().map(w -> " | " + w).orElse("");
    return (type instanceof TaskType.Regression
        ? "E[" + name + given + "]"
        : "P(" + name + given + ")");
  }
}
