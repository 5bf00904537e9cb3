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

/** Rows on their way into a {@link RawBatch}: one array a column, none a row. */
final class JsonlBlock implements JsonFields {
  private static final int FIRST_CAPACITY = 64;

  private final Columns columns;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Optional<Boolean>> kinds;
  private final List<String> missing;
  private final Consumer<String> ignored;
  private final boolean[] seen;
  private final int maxRows;
  private final String[][] cells;
  private final int[] filled;
  private String[] files;
  private long[] lines;
  private String place = "";
  private int row;

  /**
   * An empty block.
   *
   * @param ignored told the paths that are no columns
   * @param seen per column whether there was a value; set here
   */
  JsonlBlock(
      JsonlTable table, Columns columns, int maxRows, Consumer<String> ignored, boolean[] seen) {
    this.columns = columns;
    this.kinds = List.copyOf(table.kinds().values());
    this.missing = table.config().missing();
    this.ignored = ignored;
    this.seen = seen;
    this.maxRows = maxRows;
    columns.names().forEach(name -> positions.put(name, positions.size()));
    int capacity = Math.min(maxRows, FIRST_CAPACITY);
    this.cells = new String[columns.size()][capacity];
    this.filled = new int[columns.size()];
    this.files = new String[capacity];
    this.lines = new long[capacity];
  }

  int rowCount() {
    return row;
  }

  /** Adds the next row of some files; false if there is none. */
  boolean add(JsonlLines from) {
    if (row == lines.length) {
      grow();
    }
    boolean added = from.next(this);
    if (added) {
      files[row] = from.fileName();
      lines[row] = from.line();
      row++;
    }
    return added;
  }

  /** The rows as a batch; the block must not be used afterwards. */
  RawBatch toBatch(long firstRecord) {
    String[] names = files;
    long[] places = lines;
    return new RawBatch(
        columns,
        row,
        firstRecord,
        List.of((Object[]) cells),
        r -> CsvFile.place(names[r], places[r]));
  }

  @Override
  public void begin(String at) {
    place = at;
    // What a line that was skipped half-way has left.
    for (int c = 0; c < cells.length; c++) {
      cells[c][row] = null;
      filled[c] = 0;
    }
  }

  @Override
  public boolean reads(String path) {
    return positions.containsKey(path);
  }

  @Override
  public void value(String path, boolean text, String value, int column) {
    Integer position = positions.get(path);
    if (position == null) {
      ignored.accept(path);
      return;
    }
    if (filled[position]++ > 0) {
      throw fault(
          ErrorCode.DATA_FORMAT,
          column,
          "Expected every key once in a row, found \"" + Excerpt.of(path) + "\" again.",
          "Take one of them out, or set data.source.on_bad_row: skip to leave such rows out.");
    }
    if (value != null && !missing.contains(value.trim())) {
      check(path, kinds.get(position), text, value, column);
      cells[position][row] = value;
      seen[position] = true;
    }
  }

  private void check(String path, Optional<Boolean> kind, boolean text, String value, int column) {
    if (kind.isPresent() && kind.get() != text) {
      throw fault(
          ErrorCode.DATA_VALUE,
          column,
          "The key \"%s\" began as %s: expected one here too, found %s \"%s\"."
              .formatted(
                  Excerpt.of(path),
                  kind.get() ? "a text" : "a number",
                  text ? "the text" : "the number",
                  Excerpt.of(value)),
          text
              ? "If it stands for a missing value, add it to data.source.missing; otherwise spell"
                  + " the column in one way, or set data.source.on_bad_row: skip."
              : "Spell the column in one way, with quotes everywhere or nowhere, or set"
                  + " data.source.on_bad_row: skip.");
    }
  }

  private MtlException fault(ErrorCode code, int column, String what, String remedy) {
    return new MtlException(new Problem(code, place + ", column " + column, what, remedy));
  }

  private void grow() {
    int capacity = (int) Math.min(maxRows, 2L * lines.length);
    lines = Arrays.copyOf(lines, capacity);
    files = Arrays.copyOf(files, capacity);
    for (int c = 0; c < cells.length; c++) {
      cells[c] = Arrays.copyOf(cells[c], capacity);
    }
  }
}
