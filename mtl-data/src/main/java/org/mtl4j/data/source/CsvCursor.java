package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.Iterator;
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
      if (record.size() == table.columns().size()) {
        block.add(record, file.line());
      } else if (table.config().onBadRow() == OnBadRow.SKIP) {
        skipped = skipped.and(file.place());
      } else {
        throw badRow(record.size());
      }
    }
    return block;
  }

  private MtlException badRow(int fields) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            file.place(),
            "Expected %d fields, as %s, found %d."
                .formatted(
                    table.columns().size(),
                    table.hasHeader() ? "in the header" : "in data.source.columns",
                    fields),
            "Mend the row, check data.source.delimiter, or set data.source.on_bad_row: skip to"
                + " leave such rows out."));
  }

  private void finish() {
    atEnd.accept(skipped);
    if (nextRecord == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              table.name(),
              "Expected at least one row of data, found none (%d bad rows skipped)."
                  .formatted(skipped.count()),
              "Check data.source.path; a file of one header line has no rows."));
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
