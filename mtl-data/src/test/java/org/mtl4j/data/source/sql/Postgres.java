package org.mtl4j.data.source.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Location;

/** A real PostgreSQL with a user "reader" who needs a password. */
final class Postgres implements AutoCloseable {
  static final String PASSWORD = "open-sesame-4711";

  private final EmbeddedPostgres server;

  /** Starts a server whose rules of access go into the folder. */
  Postgres(Path folder) {
    try {
      Path access = folder.resolve("access.conf");
      Files.writeString(
          access,
          "local all all trust\nhost all postgres all trust\nhost all reader all scram-sha-256\n");
      server = EmbeddedPostgres.builder().setServerConfig("hba_file", access.toString()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("create role reader login password '" + PASSWORD + "'");
  }

  /** Runs statements as the one who may do everything. */
  void run(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
  }

  /** A query of the reader's. */
  JdbcConfig config(String query) {
    return config(query, PASSWORD);
  }

  JdbcConfig config(String query, String password) {
    return new JdbcConfig(
        url(), query, Optional.of("reader"), Optional.of(reference(password)), 100);
  }

  /** A password as the experiment file has it. */
  static ConfigNode reference(String password) {
    return new ConfigNode.Scalar(
        "data.source.password", Location.of("a test"), password, "${env:DB_PASSWORD}", true);
  }

  @Override
  public void close() {
    stop();
  }

  /** Stops the server, whoever is connected. */
  void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
