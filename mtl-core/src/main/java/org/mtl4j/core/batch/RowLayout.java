package org.mtl4j.core.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of an encoded row stand in its record, a fixed number of 4-byte words: its ids,
 * its dense values (those that a model takes, then the weights of lists), for each output label and
 * example weight, its group. A weight whose sign is set says that the row has no say in that
 * output. The values of a row stand together, since an epoch takes rows in random order: one place
 * in memory or on disk is touched for a row, not one for each column.
 *
 * @param ids number of id columns
 * @param dense number of dense values
 * @param outputs outputs whose labels and weights a row has
 * @param grouped whether a row has a group
 */
public record RowLayout(int ids, int dense, List<String> outputs, boolean grouped) {
  /** The sign of a weight. */
  static final int NO_SAY = 0x80000000;

  /** Copies the list. */
  public RowLayout {
    outputs = List.copyOf(outputs);
  }

  /** The layout of rows in arrays; outputs in the order of their names. */
  public static RowLayout of(EncodedRows rows) {
    return new RowLayout(
        rows.ids().size(),
        rows.dense().size(),
        rows.labels().keySet().stream().sorted().toList(),
        rows.groups().isPresent());
  }

  /** Words a record, at least one. */
  public int words() {
    return Math.max(1, groupAt() + (grouped ? 1 : 0));
  }

  /** Where a dense input stands. */
  int denseAt(int column) {
    return ids + column;
  }

  /** Where an output's label stands; its weight is the next word. */
  int labelAt(String output) {
    int position = outputs.indexOf(output);
    if (position < 0) {
      throw new IllegalArgumentException(
          "expected labels for output " + output + ", found them for " + outputs);
    }
    return ids + dense + 2 * position;
  }

  /** Where the group stands, if there is one. */
  int groupAt() {
    return ids + dense + 2 * outputs.size();
  }

  /** The rows that {@code size} records hold, as arrays. */
  EncodedRows unpack(int size, int[] records) {
    List<int[]> idColumns = new ArrayList<>();
    for (int c = 0; c < ids; c++) {
      idColumns.add(words(size, records, c));
    }
    List<float[]> denseColumns = new ArrayList<>();
    for (int c = 0; c < dense; c++) {
      denseColumns.add(floats(size, records, denseAt(c)));
    }
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    for (String output : outputs) {
      int at = labelAt(output);
      labels.put(output, labels(size, records, at));
    }
    Optional<int[]> groups =
        grouped ? Optional.of(words(size, records, groupAt())) : Optional.empty();
    return new EncodedRows(size, idColumns, denseColumns, labels, groups);
  }

  private int[] words(int size, int[] records, int at) {
    int[] column = new int[size];
    for (int r = 0, i = at; r < size; r++, i += words()) {
      column[r] = records[i];
    }
    return column;
  }

  private float[] floats(int size, int[] records, int at) {
    float[] column = new float[size];
    for (int r = 0, i = at; r < size; r++, i += words()) {
      column[r] = Float.intBitsToFloat(records[i]);
    }
    return column;
  }

  private LabelColumn labels(int size, int[] records, int at) {
    float[] weights = new float[size];
    boolean[] mask = new boolean[size];
    for (int r = 0, i = at + 1; r < size; r++, i += words()) {
      mask[r] = (records[i] & NO_SAY) == 0;
      weights[r] = Float.intBitsToFloat(records[i] & ~NO_SAY);
    }
    return new LabelColumn(floats(size, records, at), mask, weights);
  }
}
