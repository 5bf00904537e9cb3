package org.mtl4j.data.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.source.DataFiles;

/**
 * The rows of a {@link Table} as a source. Every value is text of type UNTYPED without blanks
 * around it; an empty one, or one of the missing markers, is null. A pass holds one block of rows,
 * and what the table itself needs.
 */
public final class TableSource implements BatchSource {
  private static final int FIRST_CAPACITY = 1024;

  private final String settings;
  private final Table table;
  private final Set<String> missing;
  private final Columns columns;

  /**
   * A source.
   *
   * @param settings what the rows depend on besides the files' bytes, for the fingerprint
   * @param table gives the rows
   * @param missing texts that stand for a missing value
   */
  public TableSource(String settings, Table table, Set<String> missing) {
    this.settings = settings;
    this.table = table;
    this.missing = Set.copyOf(missing);
    this.columns = Columns.of(ColumnType.UNTYPED, table.columns());
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public Set<String> missing(String column) {
    return missing;
  }

  /** Over the settings and the bytes of all files in their order, and not over the files' names. */
  @Override
  public String fingerprint() {
    return DataFiles.fingerprint("table\n" + settings + "\n" + columns.names(), table.files());
  }

  @Override
  public RawCursor open() {
    return new Cursor(table.open());
  }

  private String value(String text) {
    String clean = Lookup.clean(text);
    return clean == null || missing.contains(clean) ? null : UnicodeText.wellFormed(clean);
  }

  private final class Cursor implements RawCursor {
    private final RecordReader reader;
    private long nextRecord;
    private boolean closed;

    Cursor(RecordReader reader) {
      this.reader = reader;
    }

    @Override
    public Optional<RawBatch> next(int maxRows) {
      if (closed) {
        throw new IllegalStateException("the cursor over " + table.files() + " is closed");
      }
      if (maxRows < 1) {
        throw new IllegalArgumentException("maxRows: expected at least 1, found " + maxRows);
      }
      String[][] cells = new String[columns.size()][Math.min(maxRows, FIRST_CAPACITY)];
      String[] places = new String[Math.min(maxRows, FIRST_CAPACITY)];
      int count = 0;
      while (count < maxRows) {
        String[] row = reader.next();
        if (row == null) {
          break;
        }
        if (count == places.length) {
          int capacity = (int) Math.min(maxRows, 2L * count);
          places = Arrays.copyOf(places, capacity);
          for (int c = 0; c < cells.length; c++) {
            cells[c] = Arrays.copyOf(cells[c], capacity);
          }
        }
        for (int c = 0; c < cells.length; c++) {
          cells[c][count] = value(row[c]);
        }
        places[count++] = reader.place();
      }
      return batch(cells, places, count);
    }

    private Optional<RawBatch> batch(String[][] cells, String[] places, int count) {
      if (count == 0) {
        if (nextRecord == 0) {
          throw new MtlException(
              new Problem(
                  ErrorCode.NO_ROWS,
                  table.files().get(0).toString(),
                  "Expected at least one row of data, found none.",
                  "Check the file."));
        }
        return Optional.empty();
      }
      long first = nextRecord;
      nextRecord += count;
      return Optional.of(
          new RawBatch(columns, count, first, List.of((Object[]) cells), row -> places[row]));
    }

    @Override
    public void close() {
      closed = true;
      reader.close();
    }
  }
}
