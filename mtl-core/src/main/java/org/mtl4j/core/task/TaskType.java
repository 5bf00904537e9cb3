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
   * A set of classes in one text, none to all of them, learnt from the training split. Loss: the
   * mean over the classes of the cross-entropy of each one's logit; prediction: for each class the
   * probability that it is in the set.
   *
   * @param separator one character between two classes of a text
   * @param minCount classes in fewer training rows are left out, at least 1
   * @param maxClasses so many classes at most, those of the most training rows; 1 to {@value
   *     #MAX_CLASSES}
   */
  record Multilabel(String separator, int minCount, int maxClasses) implements TaskType {
    /** More than anybody predicts one by one. */
    public static final int MAX_CLASSES = 10_000;

    /**
     * Checks every component.
     *
     * @throws IllegalArgumentException naming the key, what was expected and what was found
     */
    public Multilabel {
      new SeparatedText(separator);
      if (minCount < 1) {
        throw new IllegalArgumentException("min_count: expected at least 1, found " + minCount);
      }
      if (maxClasses < 1 || maxClasses > MAX_CLASSES) {
        throw new IllegalArgumentException(
            "max_classes: expected 1 to " + MAX_CLASSES + ", found " + maxClasses);
      }
    }

    /** How a text becomes classes. */
    public SeparatedText text() {
      return new SeparatedText(separator);
    }
  }

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
