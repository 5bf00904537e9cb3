package org.mtl4j.data.source.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A database that a JDBC driver reaches. */
record JdbcDatabase(JdbcConfig config) implements Database {
  @Override
  public Session connect() {
    Drivers.require(config.url());
    Properties properties = new Properties();
    config.user().ifPresent(user -> properties.setProperty("user", user));
    config.secret().ifPresent(password -> properties.setProperty("password", password));
    JdbcFaults faults = new JdbcFaults(config);
    Connection connection;
    try {
      connection = DriverManager.getConnection(config.url(), properties);
    } catch (SQLException e) {
      throw faults.connecting(e);
    }
    try {
      readOnly(connection);
      connection.setAutoCommit(false); // PostgreSQL streams inside a transaction only.
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
