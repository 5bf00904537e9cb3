package org.mtl4j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.sql.DuckDbConfig;
import org.mtl4j.data.source.sql.SourceRows;
import org.mtl4j.data.source.sql.SqlConfig;
import org.mtl4j.data.source.sql.SqlSource;

class ParquetSourceTest {
  @TempDir Path folder;

  @Test
  void rowsComeInTheOrderOfFilesAndOfRowsOnAnyNumberOfThreads() {
    write("b.parquet", "select i::int i from range(100000) t(i)");
    write("a.parquet", "select -1::int i");
    ParquetConfig config =
        new ParquetConfig(
            List.of(folder + "/*.parquet"),
            new DuckDbConfig("1GB", Optional.empty(), Optional.of(4)));
    ParquetSource source = new ParquetSource(config);
    for (int pass = 0; pass < 3; pass++) {
      assertThat(SourceRows.of(source).stream().map(row -> row.get(0)))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(-1, 99_999).mapToObj(String::valueOf).toList());
    }
  }

  /** A query's values come one by one through JDBC, a file's out of DuckDB's memory. */
  @Test
  void valuesOfEveryTypeAreThoseThatAQueryGives() {
    Path file =
        write(
            "t.parquet",
            "select i::int a, i b, if(i % 3 = 0, null, 'x' || i) \"it's \"\"c\"\"\","
                + " (i * 1.25)::decimal(12, 3) d, i::hugeint * -7 e, uuid() f, i::double / 3 g,"
                + " '2020-01-01'::date + i::int h, (' ' || chr((i % 40)::int)) j, i::ubigint k,"
                + " ('ä€😀')[1 + i % 4:] l, i % 2 = 0 m, if(i % 5 = 0, null, i * 3)::smallint n,"
                + " (i / 7)::float o, if(i % 6 = 0, null, i % 256)::utinyint p,"
                + " if(i % 7 = 0, null, timestamp '2020-01-31 10:00:00.5' + to_seconds(i)) q,"
                + " timestamptz '2020-01-31 10:00:00+02' + to_minutes(i) r,"
                + " if(i % 4 = 0, null, time '00:00:00' + to_milliseconds(i * 17)) s,"
                + " if(i % 9 = 0, 'nan'::double, i) t, repeat(' ', (i % 20)::int) u"
                + " from range(5000) t(i)");
    assertGivesWhatAQueryGives(file);
  }

  /** Texts of up to 12 bytes stand in a chunk, longer ones elsewhere. */
  @Test
  void textsOfEveryLengthAreThoseThatAQueryGives() {
    Path file =
        write(
            "t.parquet",
            "select repeat('ä', (i % 31)::int) a, i b, if(i % 3 = 0, null, repeat('x', (i % 17)::int)) c,"
                + " repeat(' ', (i % 19)::int) d, 'an id of ten ' || i e, i * 1000000007 f,"
                + " if(i > 4500, 'long texts begin late ' || i, 'short') g from range(5000) t(i)");
    assertGivesWhatAQueryGives(file);
  }

  private void assertGivesWhatAQueryGives(Path file) {
    SqlSource query =
        new SqlSource(new SqlConfig("from read_parquet('" + file + "')", DuckDbConfig.DEFAULTS));
    ParquetSource source = source(file.getFileName().toString());
    assertThat(source.columns().all()).isEqualTo(query.columns().all());
    List<List<String>> expected = SourceRows.of(query);
    for (int block : new int[] {7, 1_000, 2_048, 3_000, 4_096, 50_000}) {
      assertThat(SourceRows.of(source, block)).isEqualTo(expected);
    }
  }

  @Test
  void rowsWithMegabytesOfTextMakeShortBlocks() {
    write("t.parquet", "select i::int i, repeat('x', 1000000) a from range(100) t(i)");
    int rows = 0;
    try (RawCursor cursor = source("t.parquet").open()) {
      for (var block = cursor.next(4_096); block.isPresent(); block = cursor.next(4_096)) {
        assertThat(block.get().rowCount()).isLessThanOrEqualTo(17);
        assertThat(block.get().text(1, block.get().rowCount() - 1)).hasSize(1_000_000);
        rows += block.get().rowCount();
      }
    }
    assertThat(rows).isEqualTo(100);
  }

  @Test
  void aDateThatIsNoneSaysItsRow() {
    Path file =
        write(
            "t.parquet",
            "select if(i = 3000, 'infinity'::date, '2020-01-01') d from range(5000) t(i)");
    assertThat(SourceRows.problem(() -> SourceRows.of(source("t.parquet"))))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_VALUE,
                file + ", row 3001",
                "Expected a date of the years 0 to 9999, or none, found +5881580-07-11.",
                "Databases spell 'infinity' so: put null in its place."));
  }

  @Test
  void aRowSaysItsFileAndItsNumberThere() {
    write("a.parquet", "select i from range(3) t(i)");
    write("b.parquet", "select i from range(3) t(i)");
    ParquetSource source = new ParquetSource(ParquetConfig.of(folder + "/{a,b}.parquet"));
    try (RawCursor cursor = source.open()) {
      cursor.next(2);
      cursor.next(2);
      RawBatch block = cursor.next(2).orElseThrow();
      assertThat(block.place(1)).isEqualTo(folder + "/b.parquet, row 2");
      assertThat(block.record(1)).isEqualTo(4);
    }
  }

  @Test
  void namesThatLookLikePatternsAreFilesAllTheSame() {
    write("it's [1].parquet", "select 5::int i");
    assertThat(SourceRows.of(source("it's [1].parquet"))).containsExactly(List.of("5"));
  }

  @Test
  void whatTheNameOfAFolderSaysIsNoColumn() throws IOException {
    Files.createDirectory(folder.resolve("day=1"));
    write("day=1/t.parquet", "select 5::int i");
    assertThat(SourceRows.of(source("day=1/t.parquet"))).containsExactly(List.of("5"));
  }

  @Test
  void aFileThatIsCutOffIsAnError() throws IOException {
    Path file = write("cut.parquet", "select i from range(100000) t(i)");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(SourceRows.problem(() -> source("cut.parquet")))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                file.toString(),
                "DuckDB cannot read the file: No magic bytes found at end of file '" + file + "'.",
                "The file is cut off or damaged, or no Parquet file: write or fetch it again."));
  }

  @Test
  void aFileThatIsDamagedInTheMiddleIsAnErrorWhenItIsRead() throws IOException {
    Path file = write("bad.parquet", "select 'name ' || i as s from range(100000) t(i)");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 + 2000, (byte) 0x5a);
    Files.write(file, bytes);
    Problem problem = SourceRows.problem(() -> SourceRows.of(source("bad.parquet")));
    assertThat(problem.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(problem.where()).startsWith(file.toString());
    assertThat(problem.what()).startsWith("DuckDB cannot read the file: ");
  }

  @Test
  void aFileThatIsDamagedBehindItsFirstRowsIsNoShortOne() throws IOException {
    Path file =
        write(
            "bad.parquet",
            "select md5(i::varchar) as s from range(300000) t(i)",
            "(format parquet, row_group_size 20480)");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 100_000, bytes.length - 98_000, (byte) 0x5a);
    Files.write(file, bytes);
    Problem problem = SourceRows.problem(() -> SourceRows.of(source("bad.parquet")));
    assertThat(problem.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(problem.where()).startsWith(file + ", after row 2");
    assertThat(problem.what()).startsWith("DuckDB cannot read the file: ");
  }

  @Test
  void aFileThatIsNotThereIsNamedWithTheNearest() {
    write("train.parquet", "select 1 a");
    Problem problem = SourceRows.problem(() -> source("trian.parquet"));
    assertThat(problem.code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(problem.remedy()).isEqualTo("Did you mean \"" + folder + "/train.parquet\"?");
  }

  @Test
  void aColumnOfAnotherTypeInAnotherFileIsAnError() {
    write("a.parquet", "select 1 as id, 2.5::double as price");
    write("b.parquet", "select 1 as id, '2.5' as price");
    assertThat(SourceRows.problem(() -> new ParquetSource(ParquetConfig.of(folder + "/*.parquet"))))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                folder + "/b.parquet",
                "Expected the columns of "
                    + folder
                    + "/a.parquet, with \"price\" (numbers) as"
                    + " column 2 of 2, found \"price\" (text) of 2.",
                "Files read together have the same columns of the same types in the same order:"
                    + " read this one on its own, or select and cast the columns by a source of"
                    + " type sql."));
  }

  @Test
  void columnsThatNoRowHoldsNameTheSourceThatReadsThem() {
    write("a.parquet", "select [1, 2] as tags");
    assertThat(SourceRows.problem(() -> source("a.parquet")).remedy())
        .isEqualTo(
            "Read the file by a source of type sql, and select array_to_string(tags, '|') as tags"
                + " in its place.");
  }

  @Test
  void aFileWithoutRowsIsAnError() {
    Path file = write("none.parquet", "select 1 a where false");
    assertThat(SourceRows.problem(() -> SourceRows.of(source("none.parquet"))))
        .isEqualTo(
            new Problem(
                ErrorCode.NO_ROWS,
                file.toString(),
                "Expected at least one row of data, found none.",
                "Check the file."));
  }

  @Test
  void fingerprintFollowsBytesAndNotNames() throws IOException {
    Path file = write("a.parquet", "select 1 a");
    String before = source("a.parquet").fingerprint();
    Files.copy(file, folder.resolve("b.parquet"));
    assertThat(source("b.parquet").fingerprint()).isEqualTo(before);
    write("b.parquet", "select 2 a");
    assertThat(source("b.parquet").fingerprint()).isNotEqualTo(before);
  }

  @Test
  void aPathIsNeeded() {
    assertThatThrownBy(() -> ParquetConfig.of(" "))
        .hasMessage("path: expected a file or a glob, found [ ]");
  }

  private ParquetSource source(String name) {
    return new ParquetSource(ParquetConfig.of(folder.resolve(name).toString()));
  }

  private Path write(String name, String query) {
    return write(name, query, "(format parquet)");
  }

  private Path write(String name, String query, String options) {
    Path file = folder.resolve(name);
    String path = file.toString().replace("'", "''");
    SourceRows.duckDb("copy (" + query + ") to '" + path + "' " + options);
    return file;
  }
}
