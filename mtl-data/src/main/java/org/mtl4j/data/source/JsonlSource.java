package org.mtl4j.data.source;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;

/**
 * Rows of files of JSON lines, an object each, read as a stream; a pass holds one block of rows.
 * The columns are those of the configuration, or the keys of the first {@value
 * JsonlTable#SAMPLE_ROWS} rows; a key that comes later is not read, and {@link #warnings} names it.
 *
 * <p>Every column is of type UNTYPED: its use decides whether it is a number. A number is spelt as
 * Java spells it ({@code 1.0} is {@code 1}), or as it stands where a double does not hold all its
 * digits; booleans are 1 and 0; null, NaN, blank text and an absent key are missing; a key within a
 * key is {@code outer.inner}; a list of texts and numbers is one text, joined by the separator.
 *
 * <p>Errors: {@code FILE_MISSING} for a path that names no file; {@code NO_ROWS} where there are
 * none; {@code DATA_FORMAT}, with file, line and column, for a line that is no object, is cut off
 * or too long, holds a key twice or a list of lists or objects, and for bytes that are not UTF-8;
 * {@code DATA_VALUE} for a text in a column that began with numbers, and the reverse.
 */
public final class JsonlSource implements BatchSource {
  private final JsonlTable table;
  private final Columns columns;
  private final AtomicReference<List<String>> warnings = new AtomicReference<>(List.of());

  /**
   * Finds the files and reads the first rows.
   *
   * @throws org.mtl4j.core.error.MtlException if a file is not there, there are no rows, or one of
   *     the first is bad
   */
  public JsonlSource(JsonlConfig config) {
    this.table = JsonlTable.of(config);
    this.columns = table.columns();
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public RawCursor open() {
    return new JsonlCursor(table, columns, warnings::set);
  }

  @Override
  public Set<String> missing(String column) {
    return Set.copyOf(table.config().missing());
  }

  @Override
  public List<String> warnings() {
    return warnings.get();
  }

  /** Over the files' bytes in their order and the configuration, and not over the files' names. */
  @Override
  public String fingerprint() {
    JsonlConfig config = table.config();
    String settings =
        String.join(
            "\n",
            "jsonl",
            config.columns().toString(),
            config.missing().toString(),
            config.separator(),
            config.onBadRow().toString());
    return DataFiles.fingerprint(settings, table.files());
  }
}
