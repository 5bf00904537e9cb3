package org.mtl4j.core.task;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What kind of label a task has, and so which head, loss, prediction and metrics. */
public sealed interface TaskType {
  /** Whether it is one of several classes, in an order or not. */
  default boolean isClass() {
    return this instanceof Multiclass || this instanceof Ordinal;
  }

  /** Whether it learns from the features alone, and has no label that it is trained on. */
  default boolean isUnsupervised() {
    return this instanceof Reconstruction || this instanceof Clustering;
  }

  /**
   * Yes or no. Prediction: a probability.
   *
   * @param positive the label values that mean yes; when empty the label itself must be 0 or 1
   * @param loss what is minimised
   */
  record Binary(List<String> positive, BinaryLoss loss) implements TaskType {
    /** Copies the list. */
    public Binary {
      positive = List.copyOf(positive);
    }

    /** A task that minimises cross-entropy. */
    public Binary(List<String> positive) {
      this(positive, new BinaryLoss.LogLoss());
    }
  }

  /**
   * One of several classes, learnt from the training split. Loss: softmax cross-entropy;
   * prediction: a probability for each class.
   */
  record Multiclass() implements TaskType {}

  /**
   * One of several classes that follow each other, from low to high. Loss: cross-entropy of the
   * label's class under the proportional odds model; prediction: a probability for each class.
   *
   * @param classes in their order; none: the labels are numbers, learnt from the training split,
   *     and in theirs
   */
  record Ordinal(List<String> classes) implements TaskType {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it has one class only, or one twice
     */
    public Ordinal {
      classes = List.copyOf(classes);
      if (classes.size() == 1 || Set.copyOf(classes).size() < classes.size()) {
        throw new IllegalArgumentException(
            "classes: expected at least two different ones, from low to high, found " + classes);
      }
    }
  }

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
   * A number; predictions are in the label's own unit.
   *
   * @param loss what is minimised, in units of the training labels
   */
  record Regression(RegressionLoss loss) implements TaskType {}

  /**
   * The features rebuilt from a short code of them. Loss: the squared error of what was rebuilt;
   * prediction: the code, and behind it the row's {@code error} and {@code mean_error}, what the
   * training mean would have had in its place.
   *
   * @param code what is encoded, and how
   */
  record Reconstruction(CodeSpec code) implements TaskType {
    /** The predictions of a row, in their order. */
    public List<String> columns() {
      return numbered(code.dims(), "error", "mean_error");
    }
  }

  /**
   * Rows in clusters that are learnt. Loss: how far their assignment is from a sharper one;
   * prediction: a probability for each cluster, and behind them the row's {@code silhouette}.
   *
   * @param code what is encoded, and how
   * @param rule how the clusters are found
   */
  record Clustering(CodeSpec code, ClusterRule rule) implements TaskType {
    /** The predictions of a row, in their order. */
    public List<String> columns() {
      return numbered(rule.clusters(), "silhouette");
    }
  }

  private static List<String> numbered(int count, String... more) {
    return Stream.concat(IntStream.range(0, count).mapToObj(String::valueOf), Stream.of(more))
        .toList();
  }
}
