package org.mtl4j.data.source;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;

/**
 * Rows of CSV files (RFC 4180: quotes, and line breaks inside them), read as a stream; a pass holds
 * one block of rows. Every value is text of type UNTYPED: its use decides whether it is a number.
 * An empty or blank value, or one of {@code missing}, is null. Blank lines are no rows.
 *
 * <p>Several files are one table, read in the order of their names: with a header each, all the
 * same. A record's index counts the rows that the source gives; rows skipped as bad have none, and
 * {@link #warnings} tells of them.
 *
 * <p>With {@link CsvEngine#DUCKDB} the same rows come from DuckDB, and the place of a row is its
 * number in place of its line.
 *
 * <p>Errors: {@code FILE_MISSING} for a path that names no file; {@code NO_ROWS} for an empty file
 * or a header alone; {@code DATA_FORMAT}, with file and line, for a row of too few or too many
 * fields, a quote that is never closed, bytes that are not of the encoding, or headers that differ.
 */
public final class CsvSource implements BatchSource {
  private final CsvTable table;
  private final AtomicReference<SkippedRows> skipped = new AtomicReference<>(SkippedRows.NONE);

  /**
   * Finds the files and reads the first one's header.
   *
   * @throws org.mtl4j.core.error.MtlException if a file is not there or the first has no header
   */
  public CsvSource(CsvConfig config) {
    this.table = CsvTable.of(config);
  }

  /**
   * How many fields the first record of the first file has, be it a header or not.
   *
   * @throws org.mtl4j.core.error.MtlException if the file is not there or empty
   */
  public static int width(CsvConfig config) {
    return CsvTable.width(config);
  }

  @Override
  public Columns columns() {
    return table.columns();
  }

  @Override
  public RawCursor open() {
    return table.config().engine() == CsvEngine.DUCKDB
        ? new DuckCsvCursor(table)
        : new CsvCursor(table, skipped::set);
  }

  @Override
  public Set<String> missing(String column) {
    return Set.copyOf(table.config().missing());
  }

  /** The rows that the last pass to reach its end left out; none before there was one. */
  public SkippedRows skipped() {
    return skipped.get();
  }

  @Override
  public List<String> warnings() {
    return skipped().sentence().stream().toList();
  }

  /** Over the files' bytes in their order and the configuration, and not over the files' names. */
  @Override
  public String fingerprint() {
    CsvConfig config = table.config();
    String settings =
        String.join(
            "\n",
            "csv",
            config.columns().toString(),
            config.delimiter(),
            config.missing().toString(),
            Boolean.toString(config.trim()),
            config.charset().name(),
            config.onBadRow().toString());
    if (config.engine() != CsvEngine.COMMONS) {
      settings += "\n" + config.engine();
    }
    return DataFiles.fingerprint(settings, table.files());
  }
}
