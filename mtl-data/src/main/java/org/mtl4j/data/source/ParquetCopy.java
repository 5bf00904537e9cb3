package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.data.source.sql.DuckDb;
import org.mtl4j.data.source.sql.DuckDbConfig;
import org.mtl4j.data.source.sql.Query;
import org.mtl4j.data.source.sql.Session;

/** Copies a table into a Parquet file, by DuckDB: what a {@link ParquetSource} reads. */
public final class ParquetCopy {
  private ParquetCopy() {}

  /**
   * Copies a CSV file with a header. Rows keep their order; a file of that name is replaced.
   *
   * @param types of its columns in their order, as DuckDB names them
   * @throws org.mtl4j.core.error.MtlException if the file cannot be read, a value is not of its
   *     column's type, or the copy cannot be written
   */
  public static void ofCsv(Path csv, Path parquet, Map<String, String> types) {
    List<String> columns = new ArrayList<>();
    types.forEach(
        (name, type) -> columns.add(SqlText.literal(name) + ": " + SqlText.literal(type)));
    String sql =
        "copy (from read_csv(%s, auto_detect=false, header=true, delim=',', quote='\"',"
                .formatted(SqlText.literal(csv))
            + " columns={%s})) to %s (format parquet)"
                .formatted(String.join(", ", columns), SqlText.literal(parquet.toString()));
    int threads = Runtime.getRuntime().availableProcessors();
    try (Session session = new DuckDb(DuckDbConfig.DEFAULTS, threads).connect()) {
      session.execute(Query.ofFile(sql, csv.toString()));
    }
  }
}
