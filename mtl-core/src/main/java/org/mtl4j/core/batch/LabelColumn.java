package org.mtl4j.core.batch;

import java.util.Optional;

/**
 * The labels of one output for n rows.
 *
 * @param labels [n]: 0 or 1, a class index, or a value in its unit; of sets of classes [n *
 *     classes], row by row: 1 where the set has the class, else 0; not looked at where the mask is
 *     false
 * @param mask [n]: whether the row has a say: the label is there and the row is in the sample space
 * @param weights [n]: example weights, not negative; not looked at where the mask is false
 * @param classes number of classes of labels that are sets of them; 0 for labels that are numbers
 * @param young [n]: whether the row is younger than the label window, in the sample space or not;
 *     empty: none is. Not kept in records
 */
public record LabelColumn(
    float[] labels, boolean[] mask, float[] weights, int classes, Optional<boolean[]> young) {
  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  public LabelColumn {
    if (labels.length != mask.length * Math.max(1, classes)
        || mask.length != weights.length
        || young.filter(rows -> rows.length != mask.length).isPresent()) {
      throw new IllegalArgumentException(
          "expected equal lengths, found %d labels of %d classes, %d masks, %d weights"
                  .formatted(labels.length, classes, mask.length, weights.length)
              + young.map(rows -> ", " + rows.length + " young or not").orElse(""));
    }
  }

  /** Labels that are known for rows of any age. */
  public LabelColumn(float[] labels, boolean[] mask, float[] weights, int classes) {
    this(labels, mask, weights, classes, Optional.empty());
  }

  /** Labels that are numbers, and known for rows of any age. */
  public LabelColumn(float[] labels, boolean[] mask, float[] weights) {
    this(labels, mask, weights, 0);
  }

  /** The same labels where other rows have a say. */
  public LabelColumn withMask(boolean[] other) {
    return new LabelColumn(labels, other, weights, classes, young);
  }

  /** The same labels with other example weights. */
  public LabelColumn withWeights(float[] other) {
    return new LabelColumn(labels, mask, other, classes, young);
  }

  /**
   * The labels of some of these rows.
   *
   * @param rows positions, in the order wanted
   */
  public LabelColumn select(int... rows) {
    float[] selected = new float[rows.length * width()];
    boolean[] says = new boolean[rows.length];
    float[] counts = new float[rows.length];
    boolean[] ages = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(labels, rows[i] * width(), selected, i * width(), width());
      says[i] = mask[rows[i]];
      counts[i] = weights[rows[i]];
      ages[i] = isYoung(rows[i]);
    }
    return new LabelColumn(selected, says, counts, classes, young.map(any -> ages));
  }

  /** Whether a row is too young for its label to be known. */
  public boolean isYoung(int row) {
    return young.isPresent() && young.get()[row];
  }

  /** Number of rows, masked ones included. */
  public int size() {
    return mask.length;
  }

  /** Labels a row: one a class, otherwise 1. */
  public int width() {
    return Math.max(1, classes);
  }
}
