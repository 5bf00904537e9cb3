package org.mtl4j.experiment.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.Experiment;

/** A run over a database that asks for a password: nothing that it writes or prints has it. */
class PasswordTest {
  /** A variable that every process has, with a value that nothing else would print. */
  private static final String VARIABLE = "PATH";

  @TempDir Path temporary;

  @Test
  void noFileAndNoOutputOfARunHasThePassword() throws IOException, SQLException {
    String password = System.getenv(VARIABLE);
    assertThat(password).hasSizeGreaterThan(10);
    Path access = temporary.resolve("access.conf");
    Files.writeString(access, "host all postgres all trust\nhost all reader all scram-sha-256\n");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    Path folder = temporary.resolve("run");
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("hba_file", access.toString()).start();
        PrintStream ear = new PrintStream(printed, true, UTF_8)) {
      fill(server, password);
      System.setOut(ear);
      System.setErr(ear);
      Run run =
          Experiment.of(ConfigFile.parse(yaml(server.getPort()), "shop.yaml"))
              .train(new TrainOptions(folder, false), ExperimentListener.SILENT);
      assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(UTF_8)).doesNotContain(password);
    assertThat(Files.readString(folder.resolve("experiment.yaml")))
        .contains("${env:" + VARIABLE + "}");
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSizeGreaterThan(6);
      for (Path file : all) {
        // Byte for byte: some of the files are no text.
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .as("%s", file)
            .doesNotContain(new String(password.getBytes(UTF_8), ISO_8859_1));
      }
    }
  }

  private static void fill(EmbeddedPostgres server, String password) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role reader login password '" + password.replace("'", "''") + "'");
      statement.execute(
          "create table log as select i, 'u' || i % 20 as user_id, i % 7 as price, i % 3 % 2 as"
              + " click from generate_series(1, 1500) i");
      statement.execute(
          "create table users as select 'u' || i as user_id, i * 2 as age from generate_series(0,"
              + " 15) i");
      statement.execute("grant select on log, users to reader");
    }
  }

  private static String yaml(int port) {
    String simulated = "{type: simulated, users: 50, items: 30, impressions: 1500}";
    assertThat(TinyExperiment.YAML).contains(simulated);
    String connection =
        "type: jdbc, url: \"jdbc:postgresql://localhost:%d/postgres\", user: reader, password: \"${env:%s}\""
            .formatted(port, VARIABLE);
    return TinyExperiment.YAML
        .replace(
            simulated,
            "{%s, query: select * from log order by i}\n  lookups: {users: {%s, query: select * from users, key: user_id, columns: [age]}}"
                .formatted(connection, connection))
        .replace("features:\n", "features:\n  age: {type: numeric}\n");
  }
}
