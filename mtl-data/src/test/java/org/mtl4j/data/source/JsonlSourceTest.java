package org.mtl4j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.data.source.sql.SourceRows;

class JsonlSourceTest {
  private static final String ONE_A_LINE =
      " Write every row as an object on a line of its own, as jq -c . does (jq -c '.[]' for an"
          + " array of rows), or set data.source.on_bad_row: skip to leave such lines out.";
  private static final String CUT =
      " Expected a whole JSON object, found that the line ends in it. Fetch the file again if it is"
          + " cut off; rows over several lines become one line each by jq -c . file;"
          + " data.source.on_bad_row: skip leaves such lines out.";
  private static final String UTF_8 =
      " Save it as UTF-8, which JSON lines are always in: iconv -t UTF-8 does that.";

  @TempDir Path folder;

  @Test
  void keysOfTheFirstRowsAreTheColumnsInTheOrderTheyCome() {
    JsonlSource source = jsonl("{\"b\": 1, \"a\": \"x\"}\n{\"c\": true, \"a\": \"y\"}\n");
    assertThat(source.columns().names()).containsExactly("b", "a", "c");
    assertThat(source.columns().all()).allMatch(column -> column.type() == ColumnType.UNTYPED);
    assertThat(rows(source)).containsExactly(Arrays.asList("1", "x", null), cells(null, "y", "1"));
    assertThat(source.warnings()).isEmpty();
  }

  @Test
  void numbersAreExact() {
    String numbers =
        "9007199254740993, -18446744073709551617, 1.0, 1e2, 0.1, 0.12345678901234567890, 1e400, -0";
    assertThat(rows(jsonl("{\"a\": [" + numbers + "]}\n")).get(0))
        .containsExactly(
            "9007199254740993|-18446744073709551617|1|100|0.1|0.12345678901234567890|1e400|0");
  }

  @Test
  void nullsNaNBlanksAndMarkersAreMissing() {
    JsonlSource source =
        new JsonlSource(
            new JsonlConfig(
                file(
                    "{\"a\": null, \"b\": NaN, \"c\": \" \", \"d\": \"?\", \"e\": [], \"f\": 2}\n"),
                Optional.empty(),
                List.of("?"),
                null,
                null,
                null));
    assertThat(rows(source)).containsExactly(cells(null, null, null, null, null, "2"));
    assertThat(source.missing("d")).containsExactly("?");
  }

  @Test
  void nestedKeysHaveDotsAndListsAreJoined() {
    JsonlSource source =
        jsonl(
            "{\"user\": null}\n"
                + "{\"user\": {\"id\": 7, \"home\": {\"zip\": \"012\"}}, \"l\": [\"x\", null, 2.50,"
                + " false]}\n");
    assertThat(source.columns().names()).containsExactly("user.id", "user.home.zip", "l");
    assertThat(rows(source)).element(1).isEqualTo(List.of("7", "012", "x||2.5|0"));
    assertThat(source.warnings()).isEmpty();
  }

  @Test
  void byteOrderMarksWindowsLinesAndBlankLinesAreNoMatter() {
    JsonlSource source = jsonl("\uFEFF\r\n{\"a\": 1}\r\n  \r\n{\"a\": \"\\ud83d\\ude00\"}");
    MtlException error = failure(source);
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(message(error))
        .isEqualTo(
            "t.jsonl, line 4, column 2: The key \"a\" began as a number: expected one here too,"
                + " found the text \"\uD83D\uDE00\". If it stands for a missing value, add it to"
                + " data.source.missing; otherwise spell the column in one way, or set"
                + " data.source.on_bad_row: skip.");
    JsonlSource texts = jsonl("{\"a\": \"x\"}\n{\"a\": 12}\n");
    assertThat(message(failure(texts)))
        .isEqualTo(
            "t.jsonl, line 2, column 2: The key \"a\" began as a text: expected one here too, found"
                + " the number \"12\". Spell the column in one way, with quotes everywhere or"
                + " nowhere, or set data.source.on_bad_row: skip.");
  }

  @Test
  void keysThatComeLaterAreNamedOnce() {
    StringBuilder text = new StringBuilder("{\"a\": 1}\n".repeat(JsonlTable.SAMPLE_ROWS));
    text.append("{\"a\": 2, \"z\": [[1]], \"y\": null, \"o\": {\"p\": 1}}\n{\"z\": 4}\n");
    JsonlSource source = jsonl(text.toString());
    assertThat(rows(source))
        .hasSize(JsonlTable.SAMPLE_ROWS + 2)
        .last()
        .isEqualTo(cells((String) null));
    assertThat(source.warnings())
        .containsExactly(
            "Keys that the first 1,000 rows lack were not read: \"z\", \"o.p\"; name all columns in"
                + " data.source.columns to read them.");
    JsonlSource named =
        new JsonlSource(JsonlConfig.of(folder + "/t.jsonl").withColumns(List.of("o.p", "o")));
    assertThat(rows(named)).element(JsonlTable.SAMPLE_ROWS).isEqualTo(cells("1", null));
    assertThat(named.warnings())
        .containsExactly(
            "The column \"o\" has no value in any row; a key within a key is spelt outer.inner.");
  }

  @Test
  void linesThatAreNoRowsAreRefused() {
    assertRefused(
        "[1, 2]",
        ", column 1: Expected a row, which is one JSON object, found an array." + ONE_A_LINE);
    assertRefused(
        "7", ", column 1: Expected a row, which is one JSON object, found a number." + ONE_A_LINE);
    assertRefused(
        "user,price",
        ", column 1: Expected a row, which is one JSON object, found \"user,price\"." + ONE_A_LINE);
    assertRefused(
        "{'a': 1}",
        ", column 2: Expected a row, which is one JSON object, found \"{'a': 1}\"." + ONE_A_LINE);
    assertRefused(
        "{\"a\": 1} {\"a\": 2}",
        ", column 10: Expected the end of the line after the row's object, found more."
            + ONE_A_LINE);
    assertRefused("{\"a\": 1", ", column 7:" + CUT);
    assertRefused("{\"a\": \"x", ", column 8:" + CUT);
    assertRefused(
        "{\"a\": 1, \"a\": 2}",
        ", column 10: Expected every key once in a row, found \"a\" again. Take one of them out, or"
            + " set data.source.on_bad_row: skip to leave such rows out.");
    assertRefused(
        "{\"a\": [1, {\"b\": 2}]}",
        ", column 11: Expected texts and numbers in the list \"a\", found an object. Name the keys"
            + " to read, without this one, in data.source.columns, or spell it as texts or"
            + " numbers.");
    assertRefused(
        "{\"a\": [\"x|y\"]}",
        ", column 8: Expected values without \"|\", which joins them, in the list \"a\", found"
            + " \"x|y\". Set data.source.separator, and the feature's separator too, to a character"
            + " that no value holds.");
  }

  @Test
  void endlessLinesAndTooManyKeysAreRefused() {
    assertRefused(
        "{\"a\": \"" + "x".repeat(RecordLimit.MAX_CHARACTERS + (1 << 14)),
        ": Expected a line of at most 16,777,216 characters, found a longer one. Write every row on"
            + " a line of its own: jq -c '.[]' makes lines of an array of rows.");
    StringBuilder map = new StringBuilder("{\"0\": 0");
    for (int i = 1; i <= JsonlTable.MAX_COLUMNS; i++) {
      map.append(",\"").append(i).append("\":1");
    }
    assertThat(message(refusal(map.append("}\n").toString())))
        .isEqualTo(
            "t.jsonl, line 1: Expected at most 10,000 different keys in the rows so far, found"
                + " 10,001. Name the keys to read in data.source.columns; an object from ids to"
                + " values is better a list, or rows of their own.");
  }

  @Test
  void otherEncodingsAreNamed() {
    write("{\"a\": 1}\n", StandardCharsets.UTF_16);
    assertThat(message(refused()))
        .isEqualTo("t.jsonl: Expected UTF-8, found the byte order mark of UTF-16." + UTF_8);
    write("{\"a\": 1}\n", StandardCharsets.UTF_16LE);
    assertThat(message(refused()))
        .isEqualTo(
            "t.jsonl: Expected UTF-8, found a zero as byte 2: this is UTF-16, or no text at all."
                + UTF_8);
    write("{\"a\": \"ü\"}\n", StandardCharsets.ISO_8859_1);
    assertThat(message(refused()))
        .isEqualTo(
            "t.jsonl, line 1, column 8: Expected text in UTF-8, found the bytes fc." + UTF_8);
  }

  @Test
  void filesWithoutRowsAreOfTheirCode() {
    for (String text : List.of("", "\n \n", "{}\n")) {
      MtlException error = refusal(text);
      assertThat(error.code()).isEqualTo(ErrorCode.NO_ROWS);
      assertThat(message(error))
          .isEqualTo(
              "t.jsonl: Expected at least one row, a JSON object with a key, found none. Check the"
                  + " file and the path to it.");
    }
  }

  @Test
  void badRowsCanBeSkippedUpToANumber() {
    String text = "{\"a\": 1}\n[1]\n{\"a\": \"x\"}\n{\"a\": 2, \"a\": 3}\n{\"a\": 4}\n";
    JsonlSource source = new JsonlSource(skipping(text, 3));
    assertThat(rows(source)).containsExactly(List.of("1"), List.of("4"));
    assertThat(source.warnings().toString().replace(folder + "/", ""))
        .isEqualTo(
            "[3 bad rows were left out: t.jsonl, line 2, column 1; t.jsonl, line 3, column 2;"
                + " t.jsonl, line 4, column 10.]");
    assertThat(message(failure(new JsonlSource(skipping(text, 1)))))
        .isEqualTo(
            "t.jsonl, line 3, column 2: Expected at most 1 bad row, found one more: The key \"a\""
                + " began as a number: expected one here too, found the text \"x\". Check that it"
                + " is a file of JSON lines; if so many rows are bad indeed, raise"
                + " data.source.max_bad_rows.");
  }

  @Test
  void aSeparatorIsOneCharacter() {
    assertThatThrownBy(
            () -> new JsonlConfig(List.of("a"), Optional.empty(), null, "||", null, null))
        .hasMessage("separator: expected one character, found \"||\"");
  }

  private JsonlConfig skipping(String text, int max) {
    return new JsonlConfig(file(text), Optional.empty(), null, null, OnBadRow.SKIP, max);
  }

  private List<String> file(String text) {
    return List.of(write(text, StandardCharsets.UTF_8).toString());
  }

  private Path write(String text, Charset charset) {
    return TestFiles.write(folder.resolve("t.jsonl"), text, charset);
  }

  private JsonlSource jsonl(String text) {
    return new JsonlSource(JsonlConfig.of(file(text).get(0)));
  }

  /** The line is refused among the rows that the columns are learnt from, and behind them. */
  private void assertRefused(String line, String message) {
    MtlException error = refusal("{\"a\": null}\n" + line + "\n");
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(message(error)).isEqualTo("t.jsonl, line 2" + message);
    String before = "{\"a\": null}\n".repeat(JsonlTable.SAMPLE_ROWS);
    assertThat(message(refusal(before + line + "\n"))).isEqualTo("t.jsonl, line 1001" + message);
  }

  private MtlException refusal(String text) {
    file(text);
    return refused();
  }

  private MtlException refused() {
    return catchThrowableOfType(
        MtlException.class,
        () -> rows(new JsonlSource(JsonlConfig.of(folder.resolve("t.jsonl").toString()))));
  }

  private static MtlException failure(BatchSource source) {
    return catchThrowableOfType(MtlException.class, () -> rows(source));
  }

  private String message(MtlException error) {
    assertThat(error).as("an MtlException").isNotNull();
    var problem = error.problems().get(0);
    return (problem.where() + ": " + problem.what() + " " + problem.remedy())
        .replace(folder + "/", "");
  }

  private static List<String> cells(String... cells) {
    return Arrays.asList(cells);
  }

  private static List<List<String>> rows(BatchSource source) {
    return SourceRows.of(source, 7);
  }
}
