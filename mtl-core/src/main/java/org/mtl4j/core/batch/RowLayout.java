package org.mtl4j.core.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of an encoded row stand in its record, a fixed number of 4-byte words: its ids,
 * its dense values (those that a model takes, then the weights of lists), for each output label and
 * example weight, its group. A label that is a set of classes has a bit a class. A weight whose
 * sign is set says that the row has no say in that output. The values of a row stand together,
 * since an epoch takes rows in random order: one place in memory or on disk is touched for a row,
 * not one for each column.
 *
 * @param ids number of id columns
 * @param dense number of dense values
 * @param labels what the labels are that a row has, with a weight each
 * @param grouped whether a row has a group
 */
public record RowLayout(int ids, int dense, List<LabelShape> labels, boolean grouped) {
  /** The sign of a weight. */
  static final int NO_SAY = 0x80000000;

  /** Copies the list. */
  public RowLayout {
    labels = List.copyOf(labels);
  }

  /** The layout of rows in arrays; outputs in the order of their names. */
  public static RowLayout of(EncodedRows rows) {
    return new RowLayout(
        rows.ids().size(),
        rows.dense().size(),
        rows.labels().keySet().stream()
            .sorted()
            .map(output -> new LabelShape(output, rows.labels().get(output).classes()))
            .toList(),
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

  /** Where an output's label stands; its weight is the word behind it. */
  int labelAt(LabelShape label) {
    int at = ids + dense;
    for (LabelShape other : labels) {
      if (other.equals(label)) {
        return at;
      }
      at += other.words() + 1;
    }
    throw new IllegalArgumentException("expected labels for " + label + ", found " + labels);
  }

  /** Where the group stands, if there is one. */
  int groupAt() {
    return ids + dense + labels.stream().mapToInt(label -> label.words() + 1).sum();
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
    Map<String, LabelColumn> columns = new LinkedHashMap<>();
    labels.forEach(label -> columns.put(label.output(), labels(size, records, label)));
    Optional<int[]> groups =
        grouped ? Optional.of(words(size, records, groupAt())) : Optional.empty();
    return new EncodedRows(size, idColumns, denseColumns, columns, groups);
  }

  private int[] words(int size, int[] records, int at) {
    int[] column = new int[size];
    int step = words();
    for (int r = 0, i = at; r < size; r++, i += step) {
      column[r] = records[i];
    }
    return column;
  }

  private float[] floats(int size, int[] records, int at) {
    float[] column = new float[size];
    int step = words();
    for (int r = 0, i = at; r < size; r++, i += step) {
      column[r] = Float.intBitsToFloat(records[i]);
    }
    return column;
  }

  private LabelColumn labels(int size, int[] records, LabelShape label) {
    float[] weights = new float[size];
    boolean[] mask = new boolean[size];
    int at = labelAt(label);
    int step = words();
    for (int r = 0, i = at + label.words(); r < size; r++, i += step) {
      mask[r] = (records[i] & NO_SAY) == 0;
      weights[r] = Float.intBitsToFloat(records[i] & ~NO_SAY);
    }
    float[] values =
        label.classes() == 0 ? floats(size, records, at) : classes(size, records, label);
    return new LabelColumn(values, mask, weights, label.classes());
  }

  private float[] classes(int size, int[] records, LabelShape label) {
    int k = label.classes();
    float[] values = new float[size * k];
    int step = words();
    for (int r = 0, at = labelAt(label); r < size; r++, at += step) {
      for (int c = 0; c < k; c++) {
        values[r * k + c] = ClassBits.of(records, at, c);
      }
    }
    return values;
  }
}
