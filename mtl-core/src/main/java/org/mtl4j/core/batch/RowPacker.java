package org.mtl4j.core.batch;

import java.util.Arrays;
import java.util.Optional;

/** Writes rows in arrays as records of their layout. */
final class RowPacker {
  private final RowLayout layout;
  private final int[][] ids;
  private final float[][] dense;
  private final LabelColumn[] labels;
  private final Optional<int[]> groups;

  /**
   * A packer of these rows.
   *
   * @throws IllegalArgumentException if they are of another layout
   */
  RowPacker(RowLayout layout, EncodedRows rows) {
    if (!layout.equals(rows.layout())) {
      throw new IllegalArgumentException("expected " + layout + ", found " + rows.layout());
    }
    this.layout = layout;
    this.ids = rows.ids().toArray(int[][]::new);
    this.dense = rows.dense().toArray(float[][]::new);
    this.labels =
        layout.labels().stream()
            .map(label -> rows.labels().get(label.output()))
            .toArray(LabelColumn[]::new);
    this.groups = rows.groups();
  }

  /** Writes one row, its first word at {@code records[at]}. */
  void pack(int row, int[] records, int at) {
    int i = at;
    for (int[] column : ids) {
      records[i++] = column[row];
    }
    for (float[] column : dense) {
      records[i++] = Float.floatToRawIntBits(column[row]);
    }
    for (LabelColumn column : labels) {
      i = label(column, row, records, i);
      records[i++] = weight(column, row);
    }
    if (layout.grouped()) {
      records[i] = groups.orElseThrow()[row];
    }
  }

  /** Writes a label; gives the position behind it. */
  private static int label(LabelColumn column, int row, int[] records, int at) {
    int classes = column.classes();
    if (classes == 0) {
      records[at] = Float.floatToRawIntBits(column.labels()[row]);
      return at + 1;
    }
    int end = at + ClassBits.words(classes);
    if (column.mask()[row]) {
      ClassBits.pack(classes, column.labels(), row * classes, records, at);
    } else {
      Arrays.fill(records, at, end, 0);
    }
    return end;
  }

  private static int weight(LabelColumn column, int row) {
    if (!column.mask()[row]) {
      return RowLayout.NO_SAY;
    }
    // -0 + 0 is 0: the sign is free to say who has no say.
    int weight = Float.floatToRawIntBits(column.weights()[row] + 0f);
    if (weight < 0) {
      throw new IllegalArgumentException(
          "row " + row + ": expected a weight of at least 0, found " + column.weights()[row]);
    }
    return weight;
  }
}
