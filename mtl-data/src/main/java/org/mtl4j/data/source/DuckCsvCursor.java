package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.batch.Utf8Column;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.sql.Block;
import org.mtl4j.data.source.sql.DuckDb;
import org.mtl4j.data.source.sql.DuckDbConfig;
import org.mtl4j.data.source.sql.Query;
import org.mtl4j.data.source.sql.QueryRows;
import org.mtl4j.data.source.sql.Session;

/**
 * One pass over CSV files by DuckDB. It parses text and no more: what the values are, our own rules
 * say, as for the other engine; and where it fails, that one reads the file to say why.
 */
final class DuckCsvCursor implements RawCursor {
  private static final int BLOCK = 4096;

  private final CsvTable table;
  private final CsvCells rules;
  private final Iterator<Path> files;
  private Session session;
  private Path file;
  private QueryRows rows;
  private boolean header;
  private long fileRow;
  private long nextRecord;
  private boolean closed;

  /** Starts a pass. */
  DuckCsvCursor(CsvTable table) {
    this.table = table;
    this.rules = new CsvCells(table.config());
    this.files = table.files().iterator();
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
        open(files.next());
      }
      Optional<Block> block = read(maxRows);
      if (block.isEmpty()) {
        closeFile();
      } else {
        RawBatch batch = clean(block.get());
        if (batch.rowCount() > 0) {
          return Optional.of(batch);
        }
      }
    }
    if (nextRecord == 0) {
      throw table.noRows(SkippedRows.NONE);
    }
    return Optional.empty();
  }

  private void open(Path path) {
    try (CsvFile start = table.open(path)) { // Its encoding and its header, as ever.
      CSVRecord first = table.hasHeader() ? null : start.next();
      if (first != null) {
        table.checkNoHeader(start, first);
      }
    }
    if (session == null) {
      session = DuckDb.of(table.config().duckdb().orElse(DuckDbConfig.DEFAULTS)).connect();
    }
    file = path;
    fileRow = 0;
    header = table.hasHeader();
    try {
      rows = session.scan(query(path));
    } catch (MtlException e) {
      throw explained(e);
    }
  }

  private Optional<Block> read(int maxRows) {
    try {
      return rows.next(maxRows);
    } catch (MtlException e) {
      throw explained(e);
    }
  }

  /** DuckDB takes a header for a row, which is dropped here: blank lines may stand before it. */
  private Query query(Path path) {
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < table.columns().size(); c++) {
      columns.add("'c" + c + "': 'VARCHAR'");
    }
    String sql =
        "from read_csv(%s, auto_detect=false, header=false, delim=%s, quote='\"', escape='\"',"
            + " columns={%s}, strict_mode=true, null_padding=false, hive_partitioning=false,"
            + " max_line_size=%d,"
            + " buffer_size=%d)";
    return Query.ofFile(
        sql.formatted(
            SqlText.literal(path),
            SqlText.literal(table.config().delimiter()),
            String.join(", ", columns),
            RecordLimit.MAX_CHARACTERS,
            2 * RecordLimit.MAX_CHARACTERS),
        path.toString());
  }

  private RawBatch clean(Block block) {
    int[] kept = kept(block);
    List<Object> cells = new ArrayList<>();
    for (Object raw : block.values()) {
      cells.add(
          raw instanceof Utf8Column texts ? rules.clean(texts, kept) : clean((String[]) raw, kept));
    }
    String name = file.toString();
    long firstRow = fileRow;
    RawBatch batch =
        new RawBatch(
            table.columns(),
            kept.length,
            nextRecord,
            cells,
            row -> name + ", row " + (firstRow + row + 1));
    fileRow += kept.length;
    nextRecord += kept.length;
    return batch;
  }

  private String[] clean(String[] raw, int[] kept) {
    String[] column = new String[kept.length];
    for (int row = 0; row < kept.length; row++) {
      String field = raw[kept[row]];
      column[row] = field == null ? null : rules.clean(field);
    }
    return column;
  }

  /**
   * The rows that are neither the header nor blank lines; those of several columns DuckDB skips.
   */
  private int[] kept(Block block) {
    boolean single = block.values().size() == 1;
    int[] kept = new int[block.rowCount()];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      if (single && isBlank(block.values().get(0), row)) {
        continue;
      }
      if (header) {
        header = false;
      } else {
        kept[count++] = row;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private static boolean isBlank(Object column, int row) {
    String field = column instanceof Utf8Column texts ? texts.text(row) : ((String[]) column)[row];
    return field == null || CsvCells.isBlank(field);
  }

  /** The other engine's words; DuckDB's own where that one has nothing to say. */
  private MtlException explained(MtlException failure) {
    if (failure.code() == ErrorCode.MEMORY) {
      return failure;
    }
    CsvTable alone = new CsvTable(table.config(), List.of(file), table.columns());
    try (CsvCursor cursor = new CsvCursor(alone, skipped -> {})) {
      Optional<RawBatch> block = cursor.next(BLOCK);
      while (block.isPresent()) {
        block = cursor.next(BLOCK);
      }
    } catch (MtlException e) {
      e.addSuppressed(failure);
      return e;
    }
    Problem problem = failure.problems().get(0);
    return new MtlException(
        new Problem(
            problem.code(),
            problem.where(),
            problem.what(),
            "RFC 4180 does not allow what it found, and engine: commons reads it: set"
                + " data.source.engine: commons."),
        failure);
  }

  private void closeFile() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
    file = null;
  }

  @Override
  public void close() {
    closed = true;
    closeFile();
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
