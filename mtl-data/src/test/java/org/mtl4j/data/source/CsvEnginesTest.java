package org.mtl4j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.sql.DuckDbConfig;
import org.mtl4j.data.source.sql.SourceRows;
import org.mtl4j.testkit.TestSeed;

/** Both engines give the same of the same files, be it rows or errors. */
class CsvEnginesTest {
  private static final String[] PIECES = {
    "a", " ", "\t", ",", "\"", "\n", "\r\n", "\\", "?", "ä", "😀", "\u2003", "\0", "012", "#", "'",
    "null", "%", "*", "\u0085", "\u001f"
  };

  @TempDir Path folder;

  @Test
  void messyFilesGiveTheSameRows() {
    Random random = TestSeed.random();
    for (int file = 0; file < 60; file++) {
      int columns = 1 + random.nextInt(4);
      String end = random.nextBoolean() ? "\n" : "\r\n";
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
      text.append(end.repeat(random.nextInt(3)));
      for (int c = 0; c < columns; c++) {
        text.append(c == 0 ? "" : ",")
            .append(random.nextBoolean() ? " h" + c + " " : "\"h" + c + "\"");
      }
      for (int row = 0; row < 40; row++) {
        text.append(end.repeat(1 + random.nextInt(6) / 5));
        for (int c = 0; c < columns; c++) {
          text.append(c == 0 ? "" : ",").append(field(random, c > 0 && c == columns - 1));
        }
      }
      String content = text.append(random.nextBoolean() ? end : "").toString();
      Path path = TestFiles.write(folder.resolve("t" + file + ".csv"), content);
      assertSame(config(path, random.nextBoolean()));
    }
  }

  /** A field as RFC 4180 has it: quotes around whatever needs them, doubled inside. */
  private static String field(Random random, boolean last) {
    StringBuilder field = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      field.append(PIECES[random.nextInt(PIECES.length)]);
    }
    String text = field.toString();
    boolean needed = text.matches("(?s).*[,\"\r\n].*") || (last && text.isEmpty());
    return needed || random.nextInt(4) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** They stand elsewhere in DuckDB's memory, and its first rows have none. */
  @Test
  void longTextsFarDownInALargeFileChangeNoRow() {
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int row = 0; row < 20_000; row++) {
      text.append(row).append(row % 9_000 == 8_999 ? ",a text that is long," : ",x,");
      text.append(row % 9_000 == 8_999 ? "äöü€😀 and more" : row % 7).append('\n');
    }
    Path file = TestFiles.write(folder.resolve("t.csv"), text.toString());
    List<List<String>> expected = SourceRows.of(new CsvSource(config(file, false)));
    for (int block : new int[] {100, 4_096, 9_000, 9_001, 50_000}) {
      assertThat(SourceRows.of(duckDb(file), block)).isEqualTo(expected);
    }
    try (RawCursor cursor = duckDb(file).open()) {
      assertThat(cursor.next(9_000).orElseThrow().rowCount()).isEqualTo(8_999); // And the header.
      RawBatch behind = cursor.next(3).orElseThrow();
      assertThat(behind.record(0)).isEqualTo(8_999);
      assertThat(behind.text(1, 0)).isEqualTo("a text that is long");
      assertThat(behind.place(2)).isEqualTo(file + ", row 9002");
    }
  }

  @Test
  void whatTheNameOfAFolderSaysIsNoColumn() throws IOException {
    Path day = Files.createDirectory(folder.resolve("day=1"));
    assertSame(config(TestFiles.write(day.resolve("t.csv"), "a,b\n1,2\n"), false));
    assertThat(SourceRows.of(duckDb(day.resolve("t.csv")))).containsExactly(List.of("1", "2"));
  }

  @Test
  void badFilesGiveTheSameErrors() {
    List<String> files =
        List.of(
            "a,b\n1,2\n3\n", // Too few fields.
            "a,b\n1,2\n3,4,5\n", // Too many.
            "a,b\n1,2\n\"3,4\n", // A quote that is never closed.
            "a,b\n\"1\"x,2\n", // Text behind a quote.
            "a,b\n", // No rows.
            "", // Nothing.
            "a,a\n1,2\n"); // A name twice.
    for (String text : files) {
      assertSame(config(TestFiles.write(folder.resolve("t.csv"), text), false));
    }
  }

  @Test
  void otherBytesGiveTheSameErrors() {
    assertSame(
        config(
            TestFiles.write(
                folder.resolve("l.csv"), "a,b\n1,2\nä,4\n", StandardCharsets.ISO_8859_1),
            false));
    assertSame(
        config(
            TestFiles.write(folder.resolve("u.csv"), "a,b\n1,2\n", StandardCharsets.UTF_16),
            false));
  }

  @Test
  void aHeaderThatColumnsNameIsTheSameError() {
    Path file = TestFiles.write(folder.resolve("t.csv"), "\na,b\n1,2\n");
    assertSame(
        new CsvConfig(
            List.of(file.toString()),
            Optional.of(List.of("a", "b")),
            ",",
            List.of(),
            false,
            null,
            null,
            null));
  }

  @Test
  void filesWithoutHeadersAndOtherDelimitersGiveTheSame() {
    Path file = TestFiles.write(folder.resolve("t.txt"), "1::2::\"3::\"\n4::::6\n");
    assertSame(
        new CsvConfig(
            List.of(file.toString()),
            Optional.of(List.of("a", "b", "c")),
            "::",
            List.of("6"),
            false,
            null,
            null,
            null));
  }

  @Test
  void whatOneEngineAloneReadsSaysSo() {
    Path file = TestFiles.write(folder.resolve("t.csv"), "a,b\n1,2\r\n3,4\n");
    CsvSource duckDb = new CsvSource(config(file, false).byDuckDb(DuckDbConfig.DEFAULTS));
    assertThat(SourceRows.problem(() -> SourceRows.of(duckDb)).remedy())
        .isEqualTo(
            "RFC 4180 does not allow what it found, and engine: commons reads it: set"
                + " data.source.engine: commons.");
  }

  @Test
  void theTwoPlacesWhereTheEnginesDifferAreThoseThatTheDocumentationNames() {
    Path blanks = TestFiles.write(folder.resolve("b.csv"), "a,b\n \"1\",2\n");
    assertThat(SourceRows.of(new CsvSource(config(blanks, false))))
        .containsExactly(List.of(" \"1\"", "2"));
    assertThat(SourceRows.of(duckDb(blanks))).containsExactly(List.of("1", "2"));
    Path end = TestFiles.write(folder.resolve("e.csv"), "a,b\n1,2,\n");
    assertThat(SourceRows.problem(() -> SourceRows.of(new CsvSource(config(end, false)))).what())
        .isEqualTo("Expected 2 fields, as in the header, found 3.");
    assertThat(SourceRows.of(duckDb(end))).containsExactly(List.of("1", "2"));
  }

  @Test
  void keysThatTheEngineDoesNotKeepAreRefused() {
    assertRefused(
        "on_bad_row: expected error, as engine: duckdb does not say which rows it leaves out,"
            + " found skip",
        ",",
        null,
        OnBadRow.SKIP);
    assertRefused(
        "encoding: expected UTF-8, which is all that engine: duckdb decodes as engine: commons"
            + " does, found ISO-8859-1",
        ",",
        "ISO-8859-1",
        null);
    assertRefused(
        "delimiter: expected at most 4 bytes with engine: duckdb, found \"-----\"",
        "-----",
        null,
        null);
    assertThatThrownBy(
            () ->
                new CsvConfig(
                    List.of("t.csv"),
                    Optional.empty(),
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    CsvEngine.COMMONS,
                    Optional.of(DuckDbConfig.DEFAULTS)))
        .hasMessage("duckdb: expected with engine: duckdb, found without");
  }

  private static void assertRefused(
      String message, String delimiter, String encoding, OnBadRow onBadRow) {
    CsvConfig config =
        new CsvConfig(
            List.of("t.csv"), Optional.empty(), delimiter, null, false, encoding, onBadRow, null);
    assertThatThrownBy(() -> config.byDuckDb(DuckDbConfig.DEFAULTS)).hasMessage(message);
  }

  private static CsvSource duckDb(Path file) {
    return new CsvSource(config(file, false).byDuckDb(DuckDbConfig.DEFAULTS));
  }

  private static CsvConfig config(Path file, boolean trim) {
    return new CsvConfig(
        List.of(file.toString()),
        Optional.empty(),
        ",",
        List.of("?", "null"),
        trim,
        null,
        null,
        null);
  }

  private static void assertSame(CsvConfig config) {
    assertThat(outcome(config.byDuckDb(DuckDbConfig.DEFAULTS)))
        .as("%s", config)
        .isEqualTo(outcome(config));
  }

  /** Columns and rows, or the problems. */
  private static List<Object> outcome(CsvConfig config) {
    List<Object> outcome = new ArrayList<>();
    MtlException e =
        catchThrowableOfType(
            MtlException.class,
            () -> {
              CsvSource source = new CsvSource(config);
              outcome.add(source.columns().all());
              outcome.addAll(SourceRows.of(source));
            });
    if (e != null) {
      outcome.clear();
      outcome.addAll(e.problems().stream().map(Problem::toString).toList());
    }
    return outcome;
  }
}
