package org.mtl4j.data.source;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.tensorflow.proto.Feature;

/** Rows on their way into a {@link RawBatch}: one array a column, none a row. */
final class TfRecordBlock {
  private static final int FIRST_CAPACITY = 64;

  private final TfRecordTable table;
  private final Columns columns;
  private final Map<String, Integer> positions = new HashMap<>();
  private final TfKind[] kinds;
  private final Consumer<String> ignored;
  private final int maxRows;
  private final String[][] cells;
  private String[] files;
  private long[] records;
  private int row;

  /**
   * An empty block.
   *
   * @param kinds per column what it was a list of so far, null if it had no value; set here
   * @param ignored told the features that are no columns
   */
  TfRecordBlock(TfRecordTable table, TfKind[] kinds, int maxRows, Consumer<String> ignored) {
    this.table = table;
    this.columns = table.columns();
    this.kinds = kinds;
    this.ignored = ignored;
    this.maxRows = maxRows;
    columns.names().forEach(name -> positions.put(name, positions.size()));
    int capacity = Math.min(maxRows, FIRST_CAPACITY);
    this.cells = new String[columns.size()][capacity];
    this.files = new String[capacity];
    this.records = new long[capacity];
  }

  int rowCount() {
    return row;
  }

  /** Adds the next row of some files; false if there is none. */
  boolean add(TfRecords from) {
    if (row == records.length) {
      grow();
    }
    boolean added =
        from.next(
            (features, place) -> {
              // What a record that was skipped half-way has left.
              Arrays.stream(cells).forEach(column -> column[row] = null);
              features.forEach((name, feature) -> read(from.examples(), name, feature, place));
            });
    if (added) {
      files[row] = from.fileName();
      records[row] = from.record();
      row++;
    }
    return added;
  }

  private void read(TfExamples examples, String name, Feature feature, String place) {
    Integer position = positions.get(name);
    if (position == null) {
      TfKind.of(feature).ifPresent(kind -> ignored.accept(name));
      return;
    }
    Optional<TfExamples.Value> value =
        examples.value(name, feature, table.lists().contains(name), place);
    if (value.isPresent()) {
      check(position, value.get(), place);
      cells[position][row] = value.get().text();
    }
  }

  private void check(int column, TfExamples.Value value, String place) {
    if (kinds[column] == null) {
      kinds[column] = value.kind();
    } else if (kinds[column] != value.kind()) {
      boolean declared = table.config().columns().isPresent();
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              place,
              "The feature \"%s\" %s %s: expected that here too, found %s \"%s\"."
                  .formatted(
                      Excerpt.of(columns.names().get(column)),
                      declared ? "is in data.source.columns as" : "began as",
                      kinds[column].word(),
                      value.kind().word(),
                      Excerpt.of(value.text())),
              "Write the feature as %s everywhere, or set data.source.on_bad_row: skip."
                  .formatted(declared ? kinds[column].word() : "one of them")));
    }
  }

  /** The rows as a batch; the block must not be used afterwards. */
  RawBatch toBatch(long firstRecord) {
    String[] names = files;
    long[] places = records;
    return new RawBatch(
        columns,
        row,
        firstRecord,
        List.of((Object[]) cells),
        r -> TfRecordFile.place(names[r], places[r]));
  }

  private void grow() {
    int capacity = (int) Math.min(maxRows, 2L * records.length);
    records = Arrays.copyOf(records, capacity);
    files = Arrays.copyOf(files, capacity);
    for (int c = 0; c < cells.length; c++) {
      cells[c] = Arrays.copyOf(cells[c], capacity);
    }
  }
}
