package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.List;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.source.sql.DuckDb;
import org.mtl4j.data.source.sql.Query;
import org.mtl4j.data.source.sql.QueryCursor;
import org.mtl4j.data.source.sql.Session;

/**
 * Rows of Parquet files, read by DuckDB as a stream: a pass holds a block and a few row groups.
 * Values are read as by {@link org.mtl4j.data.source.sql.SqlSource}. Several files are one table,
 * read in the order of their names, all with the same columns of the same types. DuckDB keeps the
 * order of a file's rows on any number of threads. The columns are those in the files: what the
 * name of a folder says, {@code day=1}, is none.
 *
 * <p>Errors: {@code FILE_MISSING} for a path that names no file; {@code NO_ROWS}; {@code
 * DATA_FORMAT}, with the file, for one that is cut off, damaged or no Parquet, for columns that
 * differ between files, and for a column that no row can hold.
 */
public final class ParquetSource implements BatchSource {
  private final DuckDb database;
  private final List<Path> files;
  private final Columns columns;

  /**
   * Finds the files and reads what each says of its columns.
   *
   * @throws MtlException if a file is not there or cannot be read, or two differ in their columns
   */
  public ParquetSource(ParquetConfig config) {
    this.files = DataFiles.find(config.path());
    this.database = DuckDb.of(config.duckdb());
    try (Session session = database.connect()) {
      this.columns = session.columns(query(files.get(0)));
      for (Path file : files.subList(1, files.size())) {
        check(file, session.columns(query(file)));
      }
    }
  }

  private static Query query(Path file) {
    DataFiles.checkReadable(file);
    return Query.ofFile(
        "from read_parquet("
            + SqlText.literal(file)
            + ", union_by_name=false, hive_partitioning=false)",
        file.toString());
  }

  private void check(Path file, Columns found) {
    List<Columns.Column> expected = columns.all();
    if (found.all().equals(expected)) {
      return;
    }
    int column = 0;
    while (column < Math.min(expected.size(), found.size())
        && expected.get(column).equals(found.all().get(column))) {
      column++;
    }
    throw new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            file.toString(),
            "Expected the columns of %s, with %s as column %d of %d, found %s of %d."
                .formatted(
                    files.get(0),
                    name(columns, column),
                    column + 1,
                    expected.size(),
                    name(found, column),
                    found.size()),
            "Files read together have the same columns of the same types in the same order: read"
                + " this one on its own, or select and cast the columns by a source of type sql."));
  }

  private static String name(Columns columns, int column) {
    if (column >= columns.size()) {
      return "nothing";
    }
    Columns.Column found = columns.all().get(column);
    String type =
        switch (found.type()) {
          case NUMBER -> "numbers";
          case TEXT -> "text";
          case UNTYPED -> "long numbers";
        };
    return "\"" + found.name() + "\" (" + type + ")";
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public RawCursor open() {
    return new QueryCursor(database, files.stream().map(ParquetSource::query).toList(), columns);
  }

  /** Over the files' bytes in their order, and not over their names. */
  @Override
  public String fingerprint() {
    return DataFiles.fingerprint("parquet\n", files);
  }
}
