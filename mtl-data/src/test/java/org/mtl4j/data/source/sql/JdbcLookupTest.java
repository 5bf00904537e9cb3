package org.mtl4j.data.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Location;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupEntries;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.lookup.RequestLookups;
import org.mtl4j.core.task.ColumnType;

/** Against a real PostgreSQL. */
class JdbcLookupTest {
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

  private static JdbcLookupTable table(Postgres of, String query) {
    return new JdbcLookupTable(
        new JdbcLookupConfig(
            of.url(),
            query,
            Optional.of("reader"),
            Optional.of(Postgres.reference(Postgres.PASSWORD))));
  }

  private static JdbcLookupTable table(String query) {
    return table(server, query);
  }

  private static List<String> find(FeatureLookup lookup, String... ids) {
    LookupEntries found = lookup.find(List.of(ids));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      int row = found.rowOf(i);
      texts.add(row < 0 ? null : found.rows().text(1, row));
    }
    return texts;
  }

  private static List<String> find(String query, String key, String... ids) {
    try (FeatureLookup lookup = table(query).open(key, List.of("v"))) {
      return find(lookup, ids);
    }
  }

  @Test
  void keysAreNumbersTextsOrUuids() {
    assertThat(
            find(
                "select 9007199254740993::int8 k, 1 v",
                "k",
                "9007199254740993",
                "9007199254740992"))
        .containsExactly("1", null);
    assertThat(find("select 12.50::numeric k, 1 v", "k", "12.50", "12.5", "x", "1e400"))
        .containsExactly("1", null, null, null);
    assertThat(find("select 'a''b'::text k, 1 v", "k", "a'b", "a''b", "a\u0000b", ""))
        .containsExactly("1", null, null, null);
    assertThat(
            find(
                "select 'c9b0d9ab-3b76-4f26-a77f-1b1d0d9e2f10'::uuid k, 1 v",
                "k",
                "c9b0d9ab-3b76-4f26-a77f-1b1d0d9e2f10",
                "no uuid"))
        .containsExactly("1", null);
    assertThat(SourceRows.problem(() -> find("select date '2020-01-01' k, 1 v", "k", "a")))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "lookup.key",
                "The key \"k\" is of type date: expected whole numbers, decimals, text or UUIDs.",
                "Cast it in the query: cast(k as varchar) as k."));
  }

  @Test
  void anotherDatabaseIsAskedByTheSameStatements(@TempDir Path other) throws SQLException {
    String url = "jdbc:duckdb:" + other.resolve("shop.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table items as select i as id, 'item ' || i as name, i / 4 as v from range(9) t(i)");
    }
    JdbcLookupTable items =
        new JdbcLookupTable(
            new JdbcLookupConfig(url, "select * from items", Optional.empty(), Optional.empty()));
    try (FeatureLookup byNumber = items.open("id", List.of("v"));
        FeatureLookup byText = items.open("name", List.of("v"))) {
      assertThat(find(byNumber, "5", "50", "0")).containsExactly("1.25", null, "0");
      assertThat(find(byText, "item 3", "item")).containsExactly("0.75", null);
    }
  }

  @Test
  void anIdWithTwoRowsIsAnError() {
    String query = "select i % 3 k, i v from generate_series(1, 5) i";
    assertThat(find(query + " where i < 4", "k", "1", "2")).containsExactly("1", "2");
    assertThat(SourceRows.problem(() -> find(query, "k", "0", "1")))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "lookup.query",
                "Expected each \"k\" once, found \"1\" in two rows of the query.",
                "Have the query give one row for each id, by group by, say."));
  }

  @Test
  void aWrongQueryIsPointedInto() {
    assertThat(SourceRows.problem(() -> table("select k, vv from (select 1 k, 2 v) u")))
        .isEqualTo(
            new Problem(
                ErrorCode.COLUMN_MISSING,
                "lookup.query",
                SourceRows.lines(
                    "The database refuses the query: ERROR: column \"vv\" does not exist Hint:"
                        + " Perhaps you meant to reference the column \"u.v\".",
                    "  select k, vv from (select 1 k, 2 v) u",
                    "            ^",
                    ""),
                "Mend the lookup's query."));
  }

  @Test
  void whatIsWrittenMeanwhileIsFound() {
    server.run("create table fresh as select 1 k, 1 v");
    server.run("grant select on fresh to reader");
    try (FeatureLookup lookup = table("select * from fresh").open("k", List.of("v"))) {
      assertThat(find(lookup, "1", "2")).containsExactly("1", null);
      server.run("insert into fresh values (2, 7); update fresh set v = 5 where k = 1");
      assertThat(find(lookup, "1", "2")).containsExactly("5", "7");
    }
  }

  @Test
  void aDatabaseThatSaysNothingDoesNotHoldARequest() throws SQLException {
    server.run("create table locked as select 1 k, 3 v");
    server.run("grant select on locked to reader");
    LookupSpec.Column v = new LookupSpec.Column("v", ColumnType.NUMBER, Optional.of("-1"));
    JdbcLookupTable table = table("select * from locked");
    RawBatch request = request();
    try (Connection writer = DriverManager.getConnection(server.url(), "postgres", "");
        Statement statement = writer.createStatement();
        // Within a transaction what is looked at stays as it was.
        Connection watcher = DriverManager.getConnection(server.url(), "postgres", "");
        Statement look = watcher.createStatement()) {
      writer.setAutoCommit(false);
      FeatureLookup lookup = table.open("k", List.of("v"));
      statement.execute("lock table locked in access exclusive mode");
      LookupSpec hasty = new LookupSpec("items", "item", "k", List.of(v), 50);
      try (RequestLookups lookups = lookups(hasty, lookup)) {
        assertThat(value(lookups.fill(request))).isEqualTo(-1);
        assertThat(lookups.warnings())
            .containsExactly(
                "The lookup \"items\" gave no answer within 50 ms for 1 of 1 rows: they got its"
                    + " defaults.");
        // The table is locked still: nothing but its end takes the statement away.
        await(() -> statements(look, "usename = 'reader' and state = 'active'") == 0);
        writer.rollback();
      }
    }
    LookupSpec patient = new LookupSpec("items", "item", "k", List.of(v), 60_000);
    try (RequestLookups lookups = lookups(patient, table.open("k", List.of("v")))) {
      assertThat(value(lookups.fill(request))).isEqualTo(3);
      assertThat(lookups.warnings()).isEmpty();
    }
  }

  private static int statements(Statement statement, String condition) {
    try (ResultSet rows =
        statement.executeQuery("select count(*) from pg_stat_activity where " + condition)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static RequestLookups lookups(LookupSpec spec, FeatureLookup lookup) {
    return new RequestLookups(List.of(spec), Map.of("items", lookup), Set.of("v"));
  }

  private static RawBatch request() {
    try (RawCursor cursor = BatchSource.of(List.of(Map.of("item", 1))).open()) {
      return cursor.next(1).orElseThrow();
    }
  }

  private static double value(RawBatch rows) {
    return rows.number(rows.columns().indexOf("v"), 0);
  }

  @Test
  void aConnectionThatBrokeIsReplacedAndADatabaseThatIsGoneIsAnError(@TempDir Path other) {
    try (Postgres doomed = new Postgres(other);
        FeatureLookup lookup = table(doomed, "select 1 k, 2 v").open("k", List.of("v"))) {
      assertThat(find(lookup, "1")).containsExactly("2");
      doomed.run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'");
      assertThat(find(lookup, "1")).containsExactly("2");
      String url = doomed.url();
      doomed.stop();
      Problem problem = SourceRows.problem(() -> find(lookup, "1"));
      assertThat(problem.code()).isEqualTo(ErrorCode.IO);
      assertThat(problem.where()).isEqualTo("lookup.url");
      assertThat(problem.what()).startsWith("Expected a database at " + url + ", found: ");
      assertThat(problem.remedy())
          .isEqualTo("Check the URL, and that the database runs and can be reached from here.");
    }
  }

  @Test
  void fingerprintIsOfTheRowsInWhateverOrder() {
    String query = "select i k, 'v' || i v from generate_series(1, 5000) i";
    String before = table(query).fingerprint();
    assertThat(table(query + " order by i desc").fingerprint()).isEqualTo(before);
    assertThat(table(query + " where i <> 77").fingerprint()).isNotEqualTo(before);
    assertThat(
            table(
                    "select i k, 'v' || case i when 1 then 2 when 2 then 1 else i end v"
                        + " from generate_series(1, 5000) i")
                .fingerprint())
        .as("values that changed places")
        .isNotEqualTo(before);
  }

  @Test
  void noMessageTellsThePassword() {
    JdbcLookupConfig wrong =
        new JdbcLookupConfig(
            server.url(),
            "select 1 k",
            Optional.of("reader"),
            Optional.of(Postgres.reference("wrong-sesame-0815")));
    assertThat(wrong.toString()).doesNotContain("wrong-sesame-0815");
    MtlException e =
        catchThrowableOfType(MtlException.class, () -> new JdbcLookupTable(wrong).columns());
    assertThat(e.problems().get(0).remedy())
        .isEqualTo(
            "Check the lookup's user, and the variable that the lookup's password refers to.");
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString()).doesNotContain("wrong-sesame-0815");
    ConfigNode typed = new ConfigNode.Scalar("password", Location.of("a test"), "hunter2", true);
    assertThatThrownBy(
            () ->
                new JdbcLookupConfig(
                    "jdbc:h2:mem", "select 1 k", Optional.empty(), Optional.of(typed)))
        .hasMessageStartingWith("password: expected a variable of the environment")
        .hasMessageNotContaining("hunter2");
  }
}
