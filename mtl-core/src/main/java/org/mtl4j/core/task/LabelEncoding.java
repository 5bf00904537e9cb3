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

  /**
   * The label is 0 or 1, and there is nothing to learn of it.
   *
   * @param negativesKept share of the rows labelled 0 that training saw, above 0, at most 1: what a
   *     model learns of them is too high by as much, and predictions are corrected by it
   */
  record Indicator(double negativesKept) implements LabelEncoding {
    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Indicator {
      if (!(negativesKept > 0 && negativesKept <= 1)) {
        throw new IllegalArgumentException(
            "expected a share of negatives above 0, at most 1, found " + negativesKept);
      }
    }

    /** Training saw all rows. */
    public Indicator() {
      this(1);
    }
  }

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

  /**
   * There is no label to learn from: 0, or where there is one to compare with a number of its text,
   * -1 where that is missing.
   *
   * @param names what each of a row's predictions is
   */
  record Columns(List<String> names) implements LabelEncoding {
    /** Copies the list. */
    public Columns {
      names = List.copyOf(names);
    }

    /**
     * Those of a task's type.
     *
     * @throws IllegalArgumentException if it learns from labels
     */
    public static Columns of(TaskType type) {
      if (type instanceof TaskType.Reconstruction reconstruction) {
        return new Columns(reconstruction.columns());
      }
      if (type instanceof TaskType.Clustering clustering) {
        return new Columns(clustering.columns());
      }
      throw new IllegalArgumentException("expected a type without labels, found " + type);
    }
  }
}
