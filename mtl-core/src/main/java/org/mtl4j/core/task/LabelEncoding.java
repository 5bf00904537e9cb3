package org.mtl4j.core.task;

import java.util.List;

/** What was learnt of a task's label from the training split. */
public sealed interface LabelEncoding {
  /** The classes in the order of a row's predictions; none where there is but one prediction. */
  default List<String> names() {
    return List.of();
  }

  /** Predictions a row: one a class, otherwise 1. */
  default int width() {
    return Math.max(1, names().size());
  }

  /** Nothing to learn: the label is 0 or 1. */
  record Indicator() implements LabelEncoding {}

  /**
   * The label is an index into the classes.
   *
   * @param names the classes seen in training, in natural order
   */
  record Classes(List<String> names) implements LabelEncoding {
    /** Copies the list. */
    public Classes {
      names = List.copyOf(names);
    }
  }

  /**
   * The label is a set of classes: for each of them 1 or 0.
   *
   * @param names the classes, those of the most training rows first
   */
  record ClassSet(List<String> names) implements LabelEncoding {
    /** Copies the list. */
    public ClassSet {
      names = List.copyOf(names);
    }
  }

  /**
   * The label is a number.
   *
   * @param mean weighted mean of the training labels, in the label's unit
   * @param deviation weighted standard deviation of the training labels, above 0
   */
  record Scale(double mean, double deviation) implements LabelEncoding {
    /**
     * Checks the deviation.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Scale {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException("expected a deviation above 0, found " + deviation);
      }
    }
  }
}
