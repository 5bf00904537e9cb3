package org.mtl4j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.ColumnType;

class CsvSourceTest {
  @TempDir Path folder;

  @Test
  void aFileMayBeMuchLongerThanTheLongestRecord() {
    String field = "x".repeat(1 << 20);
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 20; i++) {
      text.append(i).append(',').append(field).append('\n');
    }
    assertThat(text.length()).isGreaterThan(RecordLimit.MAX_CHARACTERS);
    assertThat(places(csv(text.toString()))).hasSize(20).last().isEqualTo("t.csv, line 21");
  }

  @Test
  void quotedFieldsHoldDelimitersQuotesAndLineBreaks() {
    CsvSource source = csv("id,note\n1,\"a, \"\"b\"\"\nc\"\n2,d\n");
    assertThat(rows(source)).containsExactly(List.of("1", "a, \"b\"\nc"), List.of("2", "d"));
    assertThat(places(source)).containsExactly("t.csv, line 2", "t.csv, line 4");
  }

  @Test
  void everyValueIsUntypedTextAsItStands() {
    CsvSource source = csv("id,zip\n 1,012\n");
    assertThat(source.columns().all()).allMatch(c -> c.type() == ColumnType.UNTYPED);
    assertThat(rows(source)).containsExactly(List.of(" 1", "012"));
  }

  @Test
  void headerIsTrimmedAndTheByteOrderMarkRemoved() {
    CsvSource source = csv("\uFEFF id , name\r\n1,x\r\n");
    assertThat(source.columns().names()).containsExactly("id", "name");
    assertThat(rows(source)).containsExactly(List.of("1", "x"));
  }

  @Test
  void columnWithoutANameIsNamedByItsPosition() {
    assertThat(csv(",a\n0,1\n").columns().names()).containsExactly("column_1", "a");
  }

  @Test
  void emptyBlankAndMarkedValuesAreMissing() {
    CsvConfig config = config("a,b,c,d\n, , ? ,?!\n", List.of("?"), false, OnBadRow.ERROR);
    assertThat(rows(new CsvSource(config)).get(0)).containsExactly(null, null, null, "?!");
  }

  @Test
  void trimTakesBlanksOffAroundQuotedValuesToo() {
    CsvConfig config = config("a,b\n x , \"y, z\"\n", List.of(), true, OnBadRow.ERROR);
    assertThat(rows(new CsvSource(config))).containsExactly(List.of("x", "y, z"));
  }

  @Test
  void blankLinesAreNoRowsAndCountAsLines() {
    CsvSource source = csv("a,b\n\n1,2\n\n\n3,4\n\n");
    assertThat(places(source)).containsExactly("t.csv, line 3", "t.csv, line 6");
  }

  @Test
  void tabsMayBeSpeltWithABackslash() {
    TestFiles.write(folder.resolve("t.csv"), "1\t2\n");
    CsvConfig config =
        new CsvConfig(
            List.of(folder + "/t.csv"),
            Optional.of(List.of("a", "b")),
            "\\t",
            null,
            false,
            null,
            null,
            null);
    assertThat(rows(new CsvSource(config))).containsExactly(List.of("1", "2"));
  }

  @Test
  void latin1IsReadWhenNamed() {
    TestFiles.write(folder.resolve("t.csv"), "a\nMünchen\n", StandardCharsets.ISO_8859_1);
    CsvConfig config =
        new CsvConfig(
            List.of(folder + "/t.csv"),
            Optional.empty(),
            null,
            null,
            false,
            "ISO-8859-1",
            null,
            null);
    assertThat(rows(new CsvSource(config))).containsExactly(List.of("München"));
  }

  @Test
  void globsAndListsAreReadOnceInTheOrderOfNames() {
    TestFiles.write(folder.resolve("b.csv"), "x\n3\n4\n");
    TestFiles.write(folder.resolve("a.csv"), "x\n1\n2\n");
    TestFiles.gzip(folder.resolve("c.csv.gz"), "x\n5\n");
    CsvSource source = new CsvSource(CsvConfig.of(folder + "/b.csv", folder + "/*.csv*"));
    assertThat(rows(source).stream().map(row -> row.get(0)))
        .containsExactly("1", "2", "3", "4", "5");
    assertThat(places(source)).element(2).isEqualTo("b.csv, line 2");
  }

  @Test
  void badRowsCanBeSkippedAndAreCounted() {
    StringBuilder text = new StringBuilder("a,b\n1,2\n");
    for (int i = 0; i < 7; i++) {
      text.append("lonely\n");
    }
    CsvSource source =
        new CsvSource(config(text.append("3,4\n").toString(), List.of(), false, OnBadRow.SKIP));
    assertThat(rows(source)).containsExactly(List.of("1", "2"), List.of("3", "4"));
    assertThat(source.skipped().count()).isEqualTo(7);
    assertThat(source.skipped().places())
        .hasSize(SkippedRows.MAX_PLACES)
        .first()
        .asString()
        .endsWith("t.csv, line 3 (1 field)");
  }

  @Test
  void missingFilesAreAllNamedWithTheCurrentFolderAndTheNearestName() {
    TestFiles.write(folder.resolve("train.csv"), "a\n1\n");
    MtlException error =
        failure(() -> new CsvSource(CsvConfig.of(folder + "/trian.csv", folder + "/x*.gz")));
    assertThat(error.problems())
        .hasSize(2)
        .allMatch(problem -> problem.code() == ErrorCode.FILE_MISSING);
    assertThat(error)
        .hasMessageContainingAll(
            "trian.csv", "train.csv\"?", Path.of("").toAbsolutePath().toString(), "x*.gz");
  }

  @Test
  void fingerprintFollowsBytesAndSettings() {
    String original = csv("a,b\n1,2\n").fingerprint();
    assertThat(csv("a,b\n1,3\n").fingerprint()).isNotEqualTo(original);
    CsvConfig trimmed = config("a,b\n1,2\n", List.of(), true, OnBadRow.ERROR);
    assertThat(new CsvSource(trimmed).fingerprint()).isNotEqualTo(original);
  }

  private CsvSource csv(String text) {
    return new CsvSource(config(text, List.of(), false, OnBadRow.ERROR));
  }

  private CsvConfig config(String text, List<String> missing, boolean trim, OnBadRow onBadRow) {
    Path file = TestFiles.write(folder.resolve("t.csv"), text);
    return new CsvConfig(
        List.of(file.toString()), Optional.empty(), ",", missing, trim, "UTF-8", onBadRow, null);
  }

  private static MtlException failure(ThrowingCallable call) {
    MtlException error = catchThrowableOfType(MtlException.class, call);
    assertThat(error).as("an MtlException").isNotNull();
    return error;
  }

  private static List<List<String>> rows(CsvSource source) {
    List<List<String>> rows = new ArrayList<>();
    for (RawBatch block : blocks(source)) {
      for (int row = 0; row < block.rowCount(); row++) {
        List<String> cells = new ArrayList<>();
        for (int c = 0; c < block.columns().size(); c++) {
          cells.add(block.text(c, row));
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  /** The places of all rows, without the folder. */
  private List<String> places(CsvSource source) {
    List<String> places = new ArrayList<>();
    for (RawBatch block : blocks(source)) {
      for (int row = 0; row < block.rowCount(); row++) {
        places.add(block.place(row).replace(folder + "/", ""));
      }
    }
    return places;
  }

  private static List<RawBatch> blocks(CsvSource source) {
    List<RawBatch> blocks = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> b = cursor.next(100); b.isPresent(); b = cursor.next(100)) {
        blocks.add(b.get());
      }
    }
    return blocks;
  }

  @Test
  void blankLinesBeforeAHeaderAreSkipped() {
    CsvSource source = csv("\n \na,b\n1,2\n");
    assertThat(source.columns().names()).containsExactly("a", "b");
    assertThat(places(source)).containsExactly("t.csv, line 4");
    CsvConfig named = named("\n \na,b\n1,2\n");
    MtlException error = failure(() -> rows(new CsvSource(named)));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(error).hasMessageContainingAll("t.csv, line 3", "found a header");
    // Further down the names are a row like any other.
    assertThat(rows(new CsvSource(named("\n1,2\na,b\n")))).hasSize(2);
  }

  @Test
  void whatTheFormatDoesNotAllowIsOfItsCode() {
    Map<String, ErrorCode> codes = new LinkedHashMap<>();
    codes.put("", ErrorCode.NO_ROWS);
    codes.put("\n \n", ErrorCode.NO_ROWS);
    codes.put("a,b\n", ErrorCode.NO_ROWS);
    codes.put("a,b\n1\n", ErrorCode.DATA_FORMAT);
    codes.put("a,b\n1,2,3\n", ErrorCode.DATA_FORMAT);
    codes.put("a,b\n1,\"2\n", ErrorCode.DATA_FORMAT);
    codes.put("a,b\n1,\"2\" 3\n", ErrorCode.DATA_FORMAT);
    codes.put("a,b\n1,\"" + "x".repeat(RecordLimit.MAX_CHARACTERS), ErrorCode.DATA_FORMAT);
    codes.forEach(
        (text, code) ->
            assertThat(failure(() -> rows(csv(text))).code()).as(Excerpt.of(text)).isEqualTo(code));
    CsvConfig skip = config("a,b\n1\n", List.of(), false, OnBadRow.SKIP);
    assertThat(failure(() -> rows(new CsvSource(skip))).code()).isEqualTo(ErrorCode.NO_ROWS);
    CsvConfig latin1 = config("a\n", List.of(), false, OnBadRow.ERROR);
    TestFiles.write(folder.resolve("t.csv"), "a\nü\n", StandardCharsets.ISO_8859_1);
    assertThat(failure(() -> rows(new CsvSource(latin1))).code()).isEqualTo(ErrorCode.DATA_FORMAT);
  }

  @Test
  void headersOfFilesReadTogetherThatDifferAreOfTheCodeOfTheFormat() {
    TestFiles.write(folder.resolve("a.csv"), "x\n1\n");
    TestFiles.write(folder.resolve("b.csv"), "y\n1\n");
    CsvSource source = new CsvSource(CsvConfig.of(folder + "/*.csv"));
    assertThat(failure(() -> rows(source)).code()).isEqualTo(ErrorCode.DATA_FORMAT);
  }

  private CsvConfig named(String text) {
    Path file = TestFiles.write(folder.resolve("t.csv"), text);
    List<String> columns = List.of("a", "b");
    return new CsvConfig(
        List.of(file.toString()), Optional.of(columns), null, null, false, null, null, null);
  }
}
