package org.mtl4j.data.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;

class SqlSourceTest {
  @TempDir Path folder;

  @Test
  void numbersAreDoublesAndLongOnesKeepTheirDigits() {
    SqlSource source =
        sql(
            "select 1::tinyint a, 2::usmallint b, 3::int c, .1::float d, .1::double e,"
                + " 9007199254740993 f, 170141183460469231731687303715884105727::hugeint g,"
                + " 12345678901234567.10::decimal(19, 2) h, 18446744073709551615::ubigint i");
    assertThat(SourceRows.of(source))
        .containsExactly(
            List.of(
                "1",
                "2",
                "3",
                "0.1",
                "0.1",
                "9007199254740993",
                "170141183460469231731687303715884105727",
                "12345678901234567.10",
                "18446744073709551615"));
    assertThat(source.columns().all().stream().map(c -> c.type()))
        .startsWith(ColumnType.NUMBER)
        .endsWith(ColumnType.UNTYPED)
        .filteredOn(ColumnType.NUMBER::equals)
        .hasSize(5);
  }

  @Test
  void truthTimesAndOtherTextsAreSpeltAsFilesSpellThem() {
    SqlSource source =
        sql(
            "select true a, false b, date '2020-01-31' c, timestamp '2020-01-31 23:59:00' d,"
                + " timestamp '2020-01-31 23:59:00.1205' e,"
                + " timestamptz '2020-01-31 23:59:00+02' f, time '01:02:00' g,"
                + " 'x'::enum('x', 'y') h, '{\"k\": 1}'::json i, timestamp_ns '2020-01-31 00:00:00' j,"
                + " 'c9b0d9ab-3b76-4f26-a77f-1b1d0d9e2f10'::uuid k");
    assertThat(SourceRows.of(source))
        .containsExactly(
            List.of(
                "1",
                "0",
                "2020-01-31",
                "2020-01-31T23:59:00",
                "2020-01-31T23:59:00.1205",
                "2020-01-31T21:59:00Z",
                "01:02:00",
                "x",
                "{\"k\": 1}",
                "2020-01-31T00:00:00",
                "c9b0d9ab-3b76-4f26-a77f-1b1d0d9e2f10"));
  }

  @Test
  void nullNanAndBlankTextAreMissing() {
    SqlSource source =
        sql(
            "select null a, null::int b, 'nan'::double c, 'nan'::float d, ' ' e, '' f, null::date g,"
                + " null::bigint h, null::boolean i, null::timestamptz j, null::decimal k");
    assertThat(SourceRows.of(source).get(0)).hasSize(11).containsOnlyNulls();
  }

  @Test
  void datesBeyondTheCalendarAreAnErrorThatNamesTheRow() {
    Problem problem =
        SourceRows.problem(
            () ->
                SourceRows.of(
                    sql(
                        "select if(i = 2, 'infinity', '2020-01-01')::date d"
                            + " from range(5) t(i)")));
    assertThat(problem.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(problem.toString())
        .isEqualTo(
            "data.source.query, row 3: Expected a date of the years 0 to 9999, or none, found"
                + " +5881580-07-11. Databases spell 'infinity' so: put null in its place.");
  }

  @Test
  void columnsThatNoRowHoldsAreRefusedAllAtOnceWithTheSqlToWrite() {
    assertThatThrownBy(() -> sql("select 1 id, [1, 2] tags, {'a': 1} as \"a b\", 'x'::blob as raw"))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "data.source.query: The column \"tags\" is of type INTEGER[]: expected numbers,"
                    + " booleans, text, dates or times. Select array_to_string(tags, '|') as tags"
                    + " in its place.",
                "data.source.query: The column \"a b\" is of type STRUCT(a INTEGER): expected"
                    + " numbers, booleans, text, dates or times. Select \"a b\".FIELD as FIELD for"
                    + " each field of it in its place.",
                "data.source.query: The column \"raw\" is of type BLOB: expected numbers,"
                    + " booleans, text, dates or times. Select cast(raw as varchar) as raw in its"
                    + " place."));
  }

  @Test
  void errorsPointIntoTheQuery() {
    assertThat(SourceRows.problem(() -> sql("select 'ä' a,\n  agee\nfrom (select 1 age)")))
        .isEqualTo(
            new Problem(
                ErrorCode.COLUMN_MISSING,
                "data.source.query",
                "DuckDB refuses the query: Referenced column \"agee\" not found in FROM clause!"
                    + " Candidate bindings: \"age\".\n    agee\n    ^\n",
                "Mend data.source.query."));
    assertThat(SourceRows.problem(() -> sql("select 'ä' a b c")))
        .isEqualTo(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "data.source.query",
                SourceRows.lines(
                    "DuckDB refuses the query: syntax error at or near \"b\".",
                    "  select 'ä' a b c",
                    "               ^",
                    ""),
                "Mend data.source.query."));
  }

  @Test
  void aQueryThatFailsBeforeItsFirstRowSaysWhy() {
    assertThat(
            SourceRows.problem(
                () -> SourceRows.of(sql("select cast('a' || i as int) x from range(9) t(i)"))))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_VALUE,
                "data.source.query",
                SourceRows.lines(
                    "DuckDB refuses the query: Could not convert string 'a0' to INT32.",
                    "  select cast('a' || i as int) x from range(9) t(i)",
                    "         ^",
                    ""),
                "Mend the value, or use try_cast, which makes such values missing."));
  }

  @Test
  void aQueryThatFailsInTheMiddleSaysAfterWhichRow() {
    Problem problem =
        SourceRows.problem(
            () ->
                SourceRows.of(
                    sql(
                        "select cast(if(i = 5000000, 'x', '1') as int) x from range(6000000)"
                            + " t(i)")));
    assertThat(problem.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(problem.where()).matches("data.source.query, after row [1-9]\\d+");
    assertThat(problem.what()).contains("Could not convert string 'x' to INT32");
  }

  @Test
  void aFileThatIsNotThereIsNamedWithTheNearest() throws IOException {
    Files.writeString(folder.resolve("users.csv"), "a\n1\n");
    Problem problem = SourceRows.problem(() -> sql("from read_csv('" + folder + "/user.csv')"));
    assertThat(problem)
        .isEqualTo(
            new Problem(
                ErrorCode.FILE_MISSING,
                "data.source.query",
                "There is no file \"%s/user.csv\"; the current directory is %s."
                    .formatted(folder, Path.of("").toAbsolutePath()),
                "Did you mean \"" + folder + "/users.csv\"?"));
  }

  @Test
  void statementsThatGiveNoRowsAreRefused() {
    Problem problem = SourceRows.problem(() -> SourceRows.of(sql("create table t(a int)")));
    assertThat(problem.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(problem.where()).isEqualTo("data.source.query");
  }

  @Test
  void aQueryWithoutRowsIsAnError() {
    assertThat(SourceRows.problem(() -> SourceRows.of(sql("select 1 a where false"))))
        .isEqualTo(
            new Problem(
                ErrorCode.NO_ROWS,
                "data.source.query",
                "Expected at least one row, and the query gives none.",
                "Check its conditions and joins."));
  }

  @Test
  void oneThreadKeepsTheOrderOfJoinsAndGroups() {
    String file = folder + "/log.parquet";
    SourceRows.duckDb(
        "copy (select i, (i * 7919) % 1000 g from range(300000) t(i)) to '"
            + file
            + "' (row_group_size 10000)");
    for (String query :
        List.of(
            "select g, count(*) n from '%s' group by g",
            "select distinct g from '%s'",
            "select x.i, y.g from '%1$s' x join (from '%1$s' where g < 500) y on x.i = y.i + 1")) {
      SqlSource source = sql(query.formatted(file));
      String first = source.fingerprint();
      for (int pass = 0; pass < 4; pass++) {
        SourceRows.of(source); // Throws where a row differs.
      }
      assertThat(sql(query.formatted(file)).fingerprint()).isEqualTo(first);
    }
  }

  @Test
  void anOrderIsKeptOnAnyNumberOfThreads() {
    String query = "select distinct (i * 7919) %% 1000 g from range(100000) t(i) order by g";
    assertThat(threads(query.replace("%%", "%"), 4).fingerprint())
        .isEqualTo(threads(query.replace("%%", "%"), 1).fingerprint());
  }

  @Test
  void rowsThatDifferBetweenPassesAreAnError() {
    SqlSource source = sql("select random() x from range(20)");
    SourceRows.of(source);
    assertThat(SourceRows.problem(() -> SourceRows.of(source)))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "data.source.query",
                "Expected the rows that the query gave before, in the same order, found others, or"
                    + " another order.",
                "End it with ORDER BY over columns that tell all rows apart; if it has that, its"
                    + " tables changed meanwhile, or it draws at random: copy its rows into a"
                    + " file, and read that."));
  }

  @Test
  void aColumnThatChangesItsTypeBetweenPassesIsAnError() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "a,b\n1,2\n");
    SqlSource source = sql("from read_csv('" + file + "')");
    SourceRows.of(source);
    Files.writeString(file, "a,b\n1,x\n");
    assertThat(SourceRows.problem(() -> SourceRows.of(source)))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "data.source.query",
                "Expected the columns a (UNTYPED), b (UNTYPED) as before, found a (UNTYPED), b"
                    + " (TEXT).",
                "Names or types of columns have changed since the data were opened: run again."));
  }

  @Test
  void whatDoesNotFitIntoMemoryGoesToFilesThatAreGoneAfterwards() throws IOException {
    SqlSource source =
        new SqlSource(
            new SqlConfig(
                "select i, repeat('x', 100) || (i * 7919) % 300007 s from range(600000) t(i)"
                    + " order by s",
                new DuckDbConfig("40MB", Optional.of(folder.toString()), Optional.empty())));
    try (RawCursor cursor = source.open()) {
      cursor.next(10);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).as("sorted in files, in a folder of its own").hasSize(1);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatFitsNowhereIsAnErrorThatNamesTheKeys() {
    SqlSource source =
        new SqlSource(
            new SqlConfig(
                "select list(repeat('x', 100) || i) :: varchar s from range(2000000) t(i)",
                new DuckDbConfig("20MB", Optional.of(folder.toString()), Optional.empty())));
    Problem problem = SourceRows.problem(() -> SourceRows.of(source));
    assertThat(problem.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(problem.remedy())
        .isEqualTo(
            "Raise data.source.duckdb.memory_limit, or give data.source.duckdb.temp_directory a"
                + " disk with more room.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTemporaryFolderThatIsNotThereIsAnError() {
    Path nowhere = folder.resolve("nowhere");
    DuckDbConfig config =
        new DuckDbConfig("1GB", Optional.of(nowhere.toString()), Optional.empty());
    assertThat(SourceRows.problem(() -> new SqlSource(new SqlConfig("select 1 a", config))))
        .isEqualTo(
            new Problem(
                ErrorCode.FILE_MISSING,
                nowhere.toString(),
                "Expected a folder for DuckDB's temporary files that may be written to, found"
                    + " none.",
                "Make it, or name another by data.source.duckdb.temp_directory."));
  }

  @Test
  void keysAreChecked() {
    assertThatThrownBy(() -> SqlConfig.of(" "))
        .hasMessage("query: expected a select, found nothing");
    assertThatThrownBy(() -> new DuckDbConfig("much", Optional.empty(), Optional.empty()))
        .hasMessage(
            "memory_limit: expected a number and a unit, such as 500MB or 2GB, found \"much\"");
    assertThatThrownBy(() -> new DuckDbConfig("1GB", Optional.empty(), Optional.of(0)))
        .hasMessage("threads: expected at least 1, found 0");
  }

  @Test
  void fingerprintFollowsTheRowsAndNotTheQuery() {
    String one = sql("select i, 'ab' s from range(12) t(i)").fingerprint();
    assertThat(sql("select i, 'a' || 'b' s from range(12) t(i) order by i").fingerprint())
        .isEqualTo(one);
    assertThat(sql("select i, 'ac' s from range(12) t(i)").fingerprint()).isNotEqualTo(one);
    assertThat(sql("select i, 'ab' r from range(12) t(i)").fingerprint()).isNotEqualTo(one);
    assertThat(sql("select i, 'ab' s from range(12) t(i) order by i desc").fingerprint())
        .isNotEqualTo(one);
  }

  private static SqlSource sql(String query) {
    return new SqlSource(SqlConfig.of(query));
  }

  private static SqlSource threads(String query, int threads) {
    return new SqlSource(
        new SqlConfig(query, new DuckDbConfig("1GB", Optional.empty(), Optional.of(threads))));
  }
}
