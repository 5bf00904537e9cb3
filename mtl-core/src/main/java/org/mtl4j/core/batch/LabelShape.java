package org.mtl4j.core.batch;

/**
 * What an output's label consists of.
 *
 * @param output the output
 * @param classes number of classes of a label that is a set of them; 0 for one that is a number
 */
public record LabelShape(String output, int classes) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public LabelShape {
    if (classes < 0) {
      throw new IllegalArgumentException("expected at least 0 classes, found " + classes);
    }
  }

  /** A label that is one number. */
  public static LabelShape number(String output) {
    return new LabelShape(output, 0);
  }

  /** Numbers that a row's label has in a batch: one a class, otherwise 1. */
  public int width() {
    return Math.max(1, classes);
  }

  /** Words that a row's label takes in its record: 32 classes a word. */
  int words() {
    return classes == 0 ? 1 : ClassBits.words(classes);
  }
}
