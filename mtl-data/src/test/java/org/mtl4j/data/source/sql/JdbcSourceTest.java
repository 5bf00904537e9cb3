package org.mtl4j.data.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Location;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** Against a real PostgreSQL. */
class JdbcSourceTest {
  @TempDir static Path folder;
  private static Postgres server;

  @BeforeAll
  static void start() {
    server = new Postgres(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void valuesAreReadAsDuckDbsAre() {
    assertThat(
            SourceRows.of(
                source(
                    "select 1::int2 a, 2::int4 b, 9007199254740993::int8 c, .1::float4 d,"
                        + " .1::float8 e, 12.50::numeric f, true g, false h, date '2020-01-31' i,"
                        + " timestamp '2020-01-31 23:59:00.5' j,"
                        + " timestamptz '2020-01-31 23:59:00+02' k, time '01:02:00' l,"
                        + " 'ä'::text m, '{\"k\": 1}'::json n,"
                        + " 'c9b0d9ab-3b76-4f26-a77f-1b1d0d9e2f10'::uuid o")))
        .containsExactly(
            List.of(
                "1",
                "2",
                "9007199254740993",
                "0.1",
                "0.1",
                "12.50",
                "1",
                "0",
                "2020-01-31",
                "2020-01-31T23:59:00.5",
                "2020-01-31T21:59:00Z",
                "01:02:00",
                "ä",
                "{\"k\": 1}",
                "c9b0d9ab-3b76-4f26-a77f-1b1d0d9e2f10"));
    assertThat(
            SourceRows.of(
                    source(
                        "select null::int a, 'NaN'::float8 b, 'NaN'::numeric c, ' ' d, null::date"
                            + " e, null::timestamptz f, null::bool g, null::int8 h"))
                .get(0))
        .hasSize(8)
        .containsOnlyNulls();
  }

  @Test
  void columnsThatNoRowHoldsAreRefused() {
    assertThat(SourceRows.problem(() -> source("select array[1, 2] as tags")).toString())
        .isEqualTo(
            "data.source.query: The column \"tags\" is of type _int4: expected numbers, booleans,"
                + " text, dates or times. Select array_to_string(tags, '|') as tags in its place.");
    assertThat(SourceRows.problem(() -> source("select interval '1 day' as wait")).remedy())
        .isEqualTo("Select cast(wait as varchar) as wait in its place.");
  }

  @Test
  void rowsAreFetchedAsTheyAreAskedFor() {
    // All of them would be more than the heap holds, and take minutes.
    try (RawCursor cursor =
        source("select generate_series(1, 2000000000), repeat('x', 1000)").open()) {
      assertThat(cursor.next(250).orElseThrow().text(0, 249)).isEqualTo("250");
    }
  }

  @Test
  void aDriverWithoutReadOnlyConnectionsIsReadAllTheSame(@TempDir Path other) throws SQLException {
    String url = "jdbc:duckdb:" + other.resolve("shop.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create table log as select i from range(3) t(i)");
    }
    String query = "select i from log order by i";
    JdbcConfig config = new JdbcConfig(url, query, Optional.empty(), Optional.empty(), 2);
    assertThat(SourceRows.of(new JdbcSource(config)))
        .containsExactly(List.of("0"), List.of("1"), List.of("2"));
  }

  @Test
  void errorsPointIntoTheQuery() {
    assertThat(SourceRows.problem(() -> source("select 'ä' a, agee from (select 1 age) u")))
        .isEqualTo(
            new Problem(
                ErrorCode.COLUMN_MISSING,
                "data.source.query",
                SourceRows.lines(
                    "The database refuses the query: ERROR: column \"agee\" does not exist Hint:"
                        + " Perhaps you meant to reference the column \"u.age\".",
                    "  select 'ä' a, agee from (select 1 age) u",
                    "                ^",
                    ""),
                "Mend data.source.query."));
    Problem value =
        SourceRows.problem(
            () -> SourceRows.of(source("select 1 / (300 - i) x from generate_series(1, 400) i")));
    assertThat(value.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(value.what()).isEqualTo("The database refuses the query: ERROR: division by zero.");
  }

  @Test
  void tablesThatMayNotBeReadAreAnError() {
    server.run("create table secrets (a int)");
    Problem problem = SourceRows.problem(() -> SourceRows.of(source("select * from secrets")));
    assertThat(problem.what())
        .isEqualTo("The database refuses the query: ERROR: permission denied for table secrets.");
  }

  @Test
  void aTableThatChangesBetweenPassesIsAnError() {
    server.run("create table log as select i from generate_series(1, 20) i");
    server.run("grant select on log to reader");
    JdbcSource source = source("select i from log order by i");
    SourceRows.of(source);
    SourceRows.of(source);
    server.run("update log set i = 21 where i = 7");
    assertThat(SourceRows.problem(() -> SourceRows.of(source)).what())
        .isEqualTo(
            "Expected the rows that the query gave before, in the same order, found others, or"
                + " another order.");
  }

  @Test
  void aWrongPasswordIsAnErrorThatDoesNotTellIt() {
    MtlException e =
        catchThrowableOfType(
            MtlException.class,
            () -> new JdbcSource(server.config("select 1 a", "wrong-sesame-0815")));
    assertThat(e.problems().get(0))
        .isEqualTo(
            new Problem(
                ErrorCode.IO,
                "data.source.url",
                "Expected a database at "
                    + server.url()
                    + ", found: FATAL: password authentication failed for user \"reader\".",
                "Check data.source.user, and the variable that data.source.password refers to."));
    assertThat(trace(e)).doesNotContain("wrong-sesame-0815");
  }

  @Test
  void aDatabaseThatEchoesThePasswordIsSilenced() {
    // The server's own words hold the text that was cast, here that of the password.
    MtlException e =
        catchThrowableOfType(
            MtlException.class,
            () ->
                SourceRows.of(
                    source(
                        "select cast('"
                            + Postgres.PASSWORD
                            + "x' || i as int) a"
                            + " from generate_series(1, 3) i")));
    assertThat(e.problems().get(0).what()).contains("\"***x1\"");
    assertThat(trace(e)).doesNotContain(Postgres.PASSWORD);
  }

  @Test
  void aDatabaseThatGoesAwayInTheMiddleIsAnError(@TempDir Path other) {
    Problem problem;
    try (Postgres doomed = new Postgres(other)) {
      JdbcSource source =
          new JdbcSource(doomed.config("select i from generate_series(1, 1000000) i"));
      try (RawCursor cursor = source.open()) {
        cursor.next(150);
        doomed.stop();
        problem = SourceRows.problem(() -> cursor.next(1000));
      }
    }
    assertThat(problem.code()).isEqualTo(ErrorCode.IO);
    assertThat(problem.where()).isEqualTo("data.source.query");
    assertThat(problem.what()).startsWith("The database went away after 200 rows of the query: ");
    assertThat(problem.remedy())
        .isEqualTo(
            "Check that it runs, and start again; a run goes on from its last checkpoint by"
                + " --resume.");
  }

  @Test
  void aDatabaseThatIsNotThereIsAnError() {
    Problem problem =
        SourceRows.problem(
            () ->
                new JdbcSource(
                    new JdbcConfig(
                        "jdbc:postgresql://localhost:1/shop?connectTimeout=5",
                        "select 1 a",
                        Optional.empty(),
                        Optional.empty(),
                        10)));
    assertThat(problem.code()).isEqualTo(ErrorCode.IO);
    assertThat(problem.what())
        .startsWith("Expected a database at jdbc:postgresql://localhost:1/shop, found: ");
    assertThat(problem.remedy())
        .isEqualTo("Check the URL, and that the database runs and can be reached from here.");
  }

  @Test
  void aDriverThatIsNotThereIsNamedByItsArtifact() {
    assertThat(SourceRows.problem(() -> new JdbcSource(of("jdbc:mysql://db/shop"))))
        .isEqualTo(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                "data.source.url",
                "Expected a JDBC driver for jdbc:mysql on the class path, found none.",
                "Add the artifact com.mysql:mysql-connector-j."));
  }

  @Test
  void passwordsBelongIntoTheEnvironment() {
    for (String url :
        List.of(
            "jdbc:postgresql://db/shop?user=me&password=hunter2",
            "jdbc:mysql://me:hunter2@db/shop",
            "jdbc:oracle:thin:me/hunter2@db",
            "jdbc:sqlserver://db;databaseName=shop;Password=hunter2",
            "jdbc:sqlserver://db;databaseName=shop;password = hunter2",
            "jdbc:sqlserver://db;trustStorePassword=hunter2",
            "jdbc:postgresql://db/shop?sslpassword=hunter2",
            "jdbc:mysql://address=(host=db)(user=me)(password=hunter2)/shop")) {
      assertThatThrownBy(() -> of(url))
          .hasMessage(
              "url: expected one without a password, found one in it: give it by the key password,"
                  + " as ${env:DB_PASSWORD}");
    }
    ConfigNode typed =
        new ConfigNode.Scalar("data.source.password", Location.of("a test"), "hunter2", true);
    assertThatThrownBy(
            () ->
                new JdbcConfig("jdbc:h2:mem", "select 1", Optional.empty(), Optional.of(typed), 10))
        .hasMessage(
            "password: expected a variable of the environment, such as ${env:DB_PASSWORD}, for a"
                + " run keeps its experiment; found the password itself, or no text");
    assertThat(server.config("select 1").toString()).doesNotContain(Postgres.PASSWORD);
  }

  @Test
  void fingerprintOfEqualRowsIsThatOfDuckDb() {
    String query = "select i, 'a' || i as s from generate_series(1, 300) t(i)";
    assertThat(source(query).fingerprint())
        .isEqualTo(
            new SqlSource(SqlConfig.of(query.replace("select i,", "select i::int as i,")))
                .fingerprint());
  }

  private static JdbcSource source(String query) {
    return new JdbcSource(server.config(query));
  }

  private static JdbcConfig of(String url) {
    return new JdbcConfig(url, "select 1", Optional.empty(), Optional.empty(), 10);
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    assertThat(Arrays.asList(text.toString().split("\n"))).hasSizeGreaterThan(1);
    return text.toString();
  }
}
