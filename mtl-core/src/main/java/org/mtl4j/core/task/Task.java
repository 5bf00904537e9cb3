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
 * @param loss what its loss makes of labels, and its weight
 */
public record Task(
    String name,
    TaskType type,
    Expression label,
    SampleSpace space,
    Optional<Expression> exampleWeight,
    LossRule loss) {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is no identifier
   */
  public Task {
    if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "expected letters, digits and _ after a letter, found \"" + name + "\"");
    }
  }

  /** A task whose loss takes labels as they are. */
  public Task(
      String name,
      TaskType type,
      Expression label,
      SampleSpace space,
      Optional<Expression> exampleWeight,
      double lossWeight) {
    this(name, type, label, space, exampleWeight, LossRule.weighted(lossWeight));
  }

  /** The weight of its loss. */
  public double lossWeight() {
    return loss.weight();
  }

  /** The same with another loss. */
  public Task withLoss(LossRule other) {
    return new Task(name, type, label, space, exampleWeight, other);
  }

  /** Whether its loss compares rows of a query. */
  public boolean ranks() {
    return type instanceof TaskType.Binary binary && binary.loss().ranks();
  }

  private static String statistic(RegressionLoss loss) {
    if (loss instanceof RegressionLoss.Mae) {
      return "median";
    }
    return loss instanceof RegressionLoss.Quantile quantile ? "Q" + quantile.level() : "E";
  }

  /**
   * What the prediction means, for people: {@code P(purchase | click == 1)}, {@code E[rating]},
   * {@code Q0.9[rating]} of a quantile, {@code score(click)} of what only ranks.
   */
  public String meaning() {
    String given = space.where().map(w -> " | " + w).orElse("");
    if (type instanceof TaskType.Regression number) {
      return statistic(number.loss()) + "[" + name + given + "]";
    }
    if (ranks()) {
      return "score(" + name + given + ")";
    }
    if (type instanceof TaskType.Reconstruction) {
      return "code[" + name + given + "]";
    }
    if (type instanceof TaskType.Clustering) {
      return "P(cluster of " + name + given + ")";
    }
    return (type instanceof TaskType.Multilabel ? "P(class in " : "P(") + name + given + ")";
  }
}
