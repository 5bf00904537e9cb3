package org.mtl4j.core.batch;

/**
 * The labels of one output for n rows.
 *
 * @param labels [n]: 0 or 1, a class index, or a value in its unit; not looked at where the mask is
 *     false
 * @param mask [n]: whether the row has a say: the label is there and the row is in the sample space
 * @param weights [n]: example weights, not negative; not looked at where the mask is false
 */
public record LabelColumn(float[] labels, boolean[] mask, float[] weights) {
  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException if they differ
   */
  public LabelColumn {
    if (labels.length != mask.length || labels.length != weights.length) {
      throw new IllegalArgumentException(
          "expected equal lengths, found %d labels, %d masks, %d weights"
              .formatted(labels.length, mask.length, weights.length));
    }
  }

  /** Number of rows, masked ones included. */
  public int size() {
    return labels.length;
  }
}
