package org.mtl4j.core.task;

import java.util.List;

/** What kind of label a task has, and so which head, loss, prediction and metrics. */
public sealed interface TaskType {
  /**
   * Yes or no. Loss: cross-entropy of the logit; prediction: a probability.
   *
   * @param positive the label values that mean yes; when empty the label itself must be 0 or 1
   */
  record Binary(List<String> positive) implements TaskType {
    /** Copies the list. */
    public Binary {
      positive = List.copyOf(positive);
    }
  }

  /**
   * One of several classes, learnt from the training split. Loss: softmax cross-entropy;
   * prediction: a probability for each class.
   */
  record Multiclass() implements TaskType {}

  /**
   * A number. The head predicts in units of the training labels' standard deviation around their
   * mean, so that losses of tasks in different units are comparable; predictions are in the label's
   * own unit.
   *
   * @param loss what is minimised
   */
  record Regression(RegressionLoss loss) implements TaskType {}

  /** The loss of a regression, in units of the training labels' standard deviation. */
  enum RegressionLoss {
    /** Squared error. */
    MSE,
    /** Huber's loss with its bend at 1: squared error / 2 near zero, linear beyond. */
    HUBER
  }
}
