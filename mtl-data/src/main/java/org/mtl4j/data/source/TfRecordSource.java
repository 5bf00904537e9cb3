package org.mtl4j.data.source;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;

/**
 * Rows of TFRecord files, a tf.Example each, read as a stream; a pass holds one block of rows. The
 * columns are those of the configuration, or the features of the first {@value
 * TfRecordTable#SAMPLE_ROWS} rows in the order of their names; a feature that comes later is not
 * read, and {@link #warnings} names it.
 *
 * <p>Every column is of type UNTYPED: its use decides whether it is a number. A feature with one
 * value is that value; several are one text, joined by the separator; none is missing. Whole
 * numbers keep all digits, a float32 is spelt by its own digits ({@code 0.1}), NaN and blank text
 * are missing, and bytes are text in UTF-8.
 *
 * <p>Errors: {@code FILE_MISSING} for a path that names no file; {@code NO_ROWS} where there are
 * none; {@code DATA_FORMAT}, with file and record, for a checksum (masked CRC-32C) that is not that
 * of the bytes, a record that is cut off or of more than 64 MiB, one that is no tf.Example, and
 * bytes that are not UTF-8; {@code DATA_VALUE} for a feature that changes its kind.
 */
public final class TfRecordSource implements BatchSource {
  private final TfRecordTable table;
  private final AtomicReference<List<String>> warnings = new AtomicReference<>(List.of());

  /**
   * Finds the files and reads the first rows.
   *
   * @throws org.mtl4j.core.error.MtlException if a file is not there, there are no rows, or one of
   *     the first is bad
   */
  public TfRecordSource(TfRecordConfig config) {
    this.table = TfRecordTable.of(config);
  }

  @Override
  public Columns columns() {
    return table.columns();
  }

  @Override
  public RawCursor open() {
    return new TfRecordCursor(table, warnings::set);
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
    TfRecordConfig config = table.config();
    String settings =
        String.join(
            "\n",
            "tfrecord",
            config.columns().toString(),
            config.missing().toString(),
            config.separator(),
            config.onBadRow().toString());
    return DataFiles.fingerprint(settings, table.files());
  }
}
