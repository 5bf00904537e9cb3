package org.mtl4j.data.source.sql;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** The JDBC drivers on the class path, and the artifacts that those which are not there are in. */
final class Drivers {
  private static final Map<String, String> ARTIFACTS = artifacts();

  private Drivers() {}

  /**
   * Looks for a driver.
   *
   * @param where the URL was typed
   * @throws MtlException of code UNKNOWN_NAME that names the artifact if none takes such a URL
   */
  static void require(String url, String where) {
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      String kind = kind(url);
      String artifact = ARTIFACTS.get(kind);
      throw new MtlException(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              where,
              "Expected a JDBC driver for jdbc:" + kind + " on the class path, found none.",
              artifact == null
                  ? "Check the URL's beginning, or add the jar of the database's driver."
                  : "Add the artifact " + artifact + "."),
          e);
    }
  }

  /** The database's name in a URL: {@code postgresql}. */
  static String kind(String url) {
    return url.replaceFirst("^jdbc:([a-zA-Z0-9]*).*", "$1");
  }

  private static Map<String, String> artifacts() {
    Map<String, String> artifacts = new LinkedHashMap<>();
    artifacts.put("duckdb", "org.duckdb:duckdb_jdbc");
    artifacts.put("postgresql", "org.postgresql:postgresql");
    artifacts.put("mysql", "com.mysql:mysql-connector-j");
    artifacts.put("mariadb", "org.mariadb.jdbc:mariadb-java-client");
    artifacts.put("sqlserver", "com.microsoft.sqlserver:mssql-jdbc");
    artifacts.put("oracle", "com.oracle.database.jdbc:ojdbc11");
    artifacts.put("sqlite", "org.xerial:sqlite-jdbc");
    artifacts.put("h2", "com.h2database:h2");
    artifacts.put("clickhouse", "com.clickhouse:clickhouse-jdbc");
    artifacts.put("snowflake", "net.snowflake:snowflake-jdbc");
    return Map.copyOf(artifacts);
  }
}
