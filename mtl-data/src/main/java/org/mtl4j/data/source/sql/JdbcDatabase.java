package org.mtl4j.data.source.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A database that a JDBC driver reaches. */
record JdbcDatabase(JdbcConfig config, JdbcFaults faults) implements Database {
  /** The database of {@code data.source}. */
  static JdbcDatabase ofSource(JdbcConfig config) {
    return new JdbcDatabase(config, JdbcFaults.ofSource(config));
  }

  /** That of a lookup. */
  static JdbcDatabase ofLookup(JdbcConfig config) {
    return new JdbcDatabase(config, JdbcFaults.ofLookup(config));
  }

  /** For a pass over many rows, in a transaction. */
  @Override
  public Session connect() {
    return connect(false); // PostgreSQL streams inside a transaction only.
  }

  /** For questions now and then, which see what was written before each of them. */
  Session connectBriefly() {
    return connect(true);
  }

  private Session connect(boolean autoCommit) {
    Drivers.require(config.url(), faults.where("url"));
    Properties properties = new Properties();
    config.user().ifPresent(user -> properties.setProperty("user", user));
    config.secret().ifPresent(password -> properties.setProperty("password", password));
    Connection connection;
    try {
      connection = DriverManager.getConnection(config.url(), properties);
    } catch (SQLException e) {
      throw faults.connecting(e);
    }
    try {
      readOnly(connection);
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      Session.close(connection);
      throw faults.connecting(e);
    }
    return new Session(connection, faults, config.fetchSize(), () -> {});
  }

  /** A hint by JDBC's own word: the drivers of DuckDB and SQLite take it for an error. */
  private static void readOnly(Connection connection) {
    try {
      connection.setReadOnly(true);
    } catch (SQLException e) {
      // A connection that is broken says so at its next use.
    }
  }
}
