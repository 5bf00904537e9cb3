package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVRecord;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** One pass over the files of a {@link CsvSource}. A block ends where its file ends. */
final class CsvCursor implements RawCursor {
  private final CsvTable table;
  private final Iterator<Path> files;
  private final Consumer<SkippedRows> atEnd;
  private CsvFile file;
  private long nextRecord;
  private SkippedRows skipped = SkippedRows.NONE;
  private boolean closed;

  /**
   * Starts a pass.
   *
   * @param table the files and what they have in common
   * @param atEnd told what was left out when the pass has come to its end
   */
  CsvCursor(CsvTable table, Consumer<SkippedRows> atEnd) {
    this.table = table;
    this.files = table.files().iterator();
    this.atEnd = atEnd;
  }

  @Override
  public Optional<RawBatch> next(int maxRows) {
    if (closed) {
      throw new IllegalStateException("the cursor over " + table.name() + " is closed");
    }
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows: expected at least 1, found " + maxRows);
    }
    while (file != null || files.hasNext()) {
      if (file == null) {
        file = table.open(files.next());
      }
      CsvBlock block = read(maxRows);
      if (block.rowCount() > 0) {
        RawBatch batch = block.toBatch(file.name(), nextRecord);
        nextRecord += batch.rowCount();
        return Optional.of(batch);
      }
      closeFile();
    }
    finish();
    return Optional.empty();
  }

  private CsvBlock read(int maxRows) {
    CsvBlock block = new CsvBlock(table.columns(), table.config(), maxRows);
    while (block.rowCount() < maxRows) {
      CSVRecord record = file.next();
      if (record == null) {
        break;
      }
      if (record.size() != table.columns().size()) {
        skip(record.size());
      } else {
        table.checkNoHeader(file, record);
        block.add(record, file.line());
      }
    }
    return block;
  }

  /** Leaves a bad row out, or ends the pass if it must not be left out. */
  private void skip(int fields) {
    boolean skips = table.config().onBadRow() == OnBadRow.SKIP;
    if (!skips || skipped.count() >= table.config().maxBadRows()) {
      throw badRow(fields, skips);
    }
    skipped = skipped.and(file.place() + " (" + count(fields, "field") + ")");
  }

  private MtlException badRow(int fields, boolean skips) {
    String expected =
        "%s, as %s"
            .formatted(
                count(table.columns().size(), "field"),
                table.hasHeader() ? "in the header" : "in data.source.columns");
    return new MtlException(
        skips
            ? new Problem(
                ErrorCode.DATA_FORMAT,
                file.place(),
                "Expected at most %s of other than %s, found one more, of %d."
                    .formatted(count(table.config().maxBadRows(), "row"), expected, fields),
                "C"
                    + table.config().delimiterCheck().substring(1)
                    + "; if so many rows are bad indeed, raise data.source.max_bad_rows.")
            : new Problem(
                ErrorCode.DATA_FORMAT,
                file.place(),
                "Expected %s, found %d.".formatted(expected, fields),
                "Mend the row, "
                    + table.config().delimiterCheck()
                    + ", or set data.source.on_bad_row: skip to leave such rows out."));
  }

  private static String count(int number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  private void finish() {
    atEnd.accept(skipped);
    if (nextRecord == 0) {
      throw table.noRows(skipped);
    }
  }

  private void closeFile() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    closeFile();
  }
}
