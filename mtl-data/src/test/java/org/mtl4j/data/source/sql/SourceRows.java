package org.mtl4j.data.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** The rows of sources for tests, and files that DuckDB writes for them. */
public final class SourceRows {
  private SourceRows() {}

  /** All rows, each value as text. */
  public static List<List<String>> of(BatchSource source) {
    return of(source, 1000);
  }

  /** All rows, read in blocks of so many. */
  public static List<List<String>> of(BatchSource source, int block) {
    List<List<String>> rows = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> b = cursor.next(block); b.isPresent(); b = cursor.next(block)) {
        for (int row = 0; row < b.get().rowCount(); row++) {
          List<String> cells = new ArrayList<>();
          for (int c = 0; c < source.columns().size(); c++) {
            cells.add(b.get().text(c, row));
          }
          rows.add(cells);
        }
      }
    }
    return rows;
  }

  /** The one problem that something ends in. */
  public static Problem problem(ThrowingCallable call) {
    MtlException e = catchThrowableOfType(MtlException.class, call);
    assertThat(e).as("an MtlException").isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().get(0);
  }

  /** Lines of a message. */
  static String lines(String... lines) {
    return String.join("\n", lines);
  }

  /** Has DuckDB run a statement, to write a file say. */
  public static void duckDb(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
