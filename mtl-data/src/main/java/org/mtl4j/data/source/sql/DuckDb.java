package org.mtl4j.data.source.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;

/**
 * DuckDB in this process, over files. Each connection is a database of its own in memory, and takes
 * its files along when it closes.
 *
 * @param config what it may take
 * @param threads how many work on a query
 */
public record DuckDb(DuckDbConfig config, int threads) implements Database {
  private static final String URL = "jdbc:duckdb:";

  /**
   * For rows that are read as a stream: one thread unless more are asked for. A stream holds a
   * megabyte, so that more of them mostly wait for each other; and with one a query keeps an order
   * even where it asks for none.
   */
  public static DuckDb of(DuckDbConfig config) {
    return new DuckDb(config, config.threads().orElse(1));
  }

  @Override
  public Session connect() {
    return connect(true);
  }

  /** The same without streaming: then DuckDB says what is wrong where it otherwise does not. */
  private Session connect(boolean streaming) {
    Path files = temporary();
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", Boolean.toString(streaming));
    properties.setProperty("memory_limit", config.memoryLimit());
    properties.setProperty("temp_directory", files.toString());
    properties.setProperty("threads", Integer.toString(threads));
    // Whatever is not in the driver would come from the network.
    properties.setProperty("autoinstall_known_extensions", "false");
    Drivers.require(URL, "data.source");
    Connection connection = null;
    try {
      connection = DriverManager.getConnection(URL, properties);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set errors_as_json = true"); // With the place in the query.
        statement.execute("set TimeZone = 'UTC'");
      }
      SqlFaults faults = new DuckDbFaults(() -> connect(false), streaming);
      return new Session(connection, faults, 0, () -> delete(files));
    } catch (SQLException e) {
      Session.close(connection);
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              "data.source",
              "DuckDB does not start: " + DuckDbError.of(e.getMessage()).text() + ".",
              "Check data.source.duckdb."),
          e);
    }
  }

  /** A folder that is not there yet: DuckDB makes it once it needs it, in one that is there. */
  private Path temporary() {
    Path parent = Path.of(config.tempDirectory().orElse(System.getProperty("java.io.tmpdir")));
    if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              parent.toString(),
              "Expected a folder for DuckDB's temporary files that may be written to, found none.",
              "Make it, or name another by data.source.duckdb.temp_directory."));
    }
    return parent.resolve("mtl-duckdb-" + UUID.randomUUID());
  }

  private static void delete(Path folder) {
    if (Files.exists(folder)) {
      try {
        Folders.delete(folder);
      } catch (IOException e) {
        throw new MtlException(
            new Problem(
                ErrorCode.IO,
                folder.toString(),
                "DuckDB's temporary files cannot be deleted: " + e + ".",
                "Delete the folder by hand."),
            e);
      }
    }
  }
}
