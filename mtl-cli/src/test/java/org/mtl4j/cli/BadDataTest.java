package org.mtl4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.mtl4j.cli.BrokenShop.HEADER;
import static org.mtl4j.cli.BrokenShop.ROWS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mtl train} says of files that are broken, word for word. */
class BadDataTest {
  private static final String FIELDS_REMEDY =
      "  Mend the row, check data.source.delimiter, or set data.source.on_bad_row: skip to leave"
          + " such rows out.";
  private static final String NUMBER_REMEDY =
      "  If it stands for a missing value, add it to data.source.missing; if the column is not"
          + " numeric, make the feature categorical or compare it with 'text'.";
  private static final String QUOTE_REMEDY =
      "  Close every quote, double a quote inside a quoted field, or check data.source.delimiter.";
  private static final String ENCODING_REMEDY =
      "  Set data.source.encoding to the file's own, say ISO-8859-1 or windows-1252.";

  @TempDir private Path folder;

  private BrokenShop shop;

  @BeforeEach
  void writeShop() throws IOException {
    shop = BrokenShop.in(folder);
  }

  private void assertRefused(String... lines) {
    shop.assertRefused(shop.train(), lines);
  }

  @Test
  void aMissingFile() throws IOException {
    shop.with("log.csv", "lgo.csv");
    assertRefused(
        "error: DIR/lgo.csv: There is no such file (paths are relative); the current directory is "
            + Path.of("").toAbsolutePath()
            + ".",
        "  Did you mean \"DIR/log.csv\"?");
  }

  @Test
  void aPatternThatFitsNothing() throws IOException {
    shop.with("log.csv", "days/*.csv");
    assertRefused(
        "error: DIR/days/*.csv: No file fits this pattern; the current directory is "
            + Path.of("").toAbsolutePath()
            + ".",
        "  Check data.source.path, or run the command from the folder it is meant from.");
  }

  @Test
  void pathsThatNoFileCanHave() throws IOException {
    shop.with(folder + "/log.csv", "[\"a\\0b\", '[x']");
    assertRefused(
        "error: a\\u0000b: This is neither a path nor a pattern: Nul character not allowed.",
        "  A pattern knows *, ?, [abc] and {one,two}; a backslash takes their meaning.",
        "error: [x: This is neither a path nor a pattern: its brackets, braces or"
            + " backslashes do not fit together.",
        "  A pattern knows *, ?, [abc] and {one,two}; a backslash takes their meaning.");
  }

  @Test
  void aFolderInPlaceOfAFile() throws IOException {
    shop.with("/log.csv", "");
    assertRefused(
        "error: DIR: Expected a file, found a folder.",
        "  Name the files in it, say \"DIR/*.csv\".");
  }

  @Test
  void missingColumnsAreAllNamedWithTheirTasksAndFeatures() throws IOException {
    shop.log("usr,prize,clicked\n" + ROWS);
    assertRefused(
        "error: features.user: The source has no column \"user\".",
        "  Did you mean \"usr\"?",
        "error: features.price: The source has no column \"price\".",
        "  Did you mean \"prize\"?");
    shop.log("user,price,clicked\n" + ROWS);
    assertRefused(
        "error: tasks.click.label: The expression \"click\" reads the column \"click\", which the"
            + " source does not have.",
        "  Did you mean \"clicked\"?");
  }

  @Test
  void anEmptyFileAndOneOfBlankLines() throws IOException {
    for (String text : new String[] {"", "\n \n", "\uFEFF"}) {
      shop.log(text);
      assertRefused(
          "error: DIR/log.csv: Expected a header line and rows of data, found an empty file.",
          "  Check the file and the path to it.");
    }
  }

  @Test
  void aHeaderOnly() throws IOException {
    shop.log(HEADER);
    assertRefused(
        "error: DIR/log.csv: Expected at least one row of data, found none.",
        "  Check the file; its first line is taken for the header.");
  }

  @Test
  void aRowWithTooFewFields() throws IOException {
    shop.log(HEADER + "ann,1.5,0\nbob\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 3: Expected 3 fields, as in the header, found 1.", FIELDS_REMEDY);
  }

  @Test
  void aRowWithTooManyFieldsWhereColumnsAreNamed() throws IOException {
    shop.source("columns: [user, price, click]").log("ann,1.5,0,\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 1: Expected 3 fields, as in data.source.columns, found 4.",
        FIELDS_REMEDY);
  }

  @Test
  void lineBreaksAndQuotesInsideFieldsDoNotShiftTheLineOfALaterFault() throws IOException {
    shop.log(HEADER + "\"an\nn\",1,0\r\n\"b\r\no\rb\",2,1\n\"c \"\"i\"\" d,\",3,0\n\nann,4\n");
    assertRefused(
        "error: DIR/log.csv, line 9: Expected 3 fields, as in the header, found 2.", FIELDS_REMEDY);
    shop.log(HEADER + "\"an\n\nn\",1,0\n\"b\no\nb\",two,1\n");
    assertRefused(
        "error: DIR/log.csv, line 5: The column \"price\" is used as a number, and \"two\" is not"
            + " one.",
        NUMBER_REMEDY);
  }

  @Test
  void aByteOrderMarkAndTheLineEndsOfOtherSystemsAreNoPartOfNamesOrValues() throws IOException {
    String rows = ROWS.replace("\n", "\r\n");
    shop.log("\uFEFF" + HEADER.replace("\n", "\r\n") + rows.replace("cid,7,1", "cid,7,maybe"));
    assertRefused(
        "error: DIR/log.csv, line 8: The label of task \"click\" is 0 or 1, found \"maybe\".",
        "  Name the label values that mean yes in tasks.click.positive.");
    shop.log((HEADER + ROWS).replace("\n", "\r").replace("cid,7,1", "cid,7,maybe"));
    assertRefused(
        "error: DIR/log.csv, line 8: The label of task \"click\" is 0 or 1, found \"maybe\".",
        "  Name the label values that mean yes in tasks.click.positive.");
  }

  @Test
  void utf16WithItsMarkAndWithoutIt() throws IOException {
    shop.log(HEADER + ROWS, UTF_16);
    assertRefused(
        "error: DIR/log.csv: Expected UTF-8, found the byte order mark of UTF-16.",
        "  Set data.source.encoding: UTF-16.");
    shop.log(HEADER + ROWS, UTF_16LE);
    assertRefused(
        "error: DIR/log.csv: Expected UTF-8, found a zero as byte 2: this is UTF-16, or no text at"
            + " all.",
        "  Set data.source.encoding to UTF-16LE or UTF-16BE if it is text, or save the table as"
            + " CSV.");
    // With its encoding named it is read, up to the fault in it.
    shop.source("encoding: UTF-16LE");
    shop.log("\uFEFF" + HEADER + "ann,1,0\nbob,2,2\n", UTF_16LE);
    assertRefused(
        "error: DIR/log.csv, line 3: The label of task \"click\" is 0 or 1, found \"2\".",
        "  Name the label values that mean yes in tasks.click.positive.");
  }

  @Test
  void latin1IsPlacedAtItsLineAndColumnHoweverFarReadersReadAhead() throws IOException {
    shop.log(HEADER + "ann,1,0\nJürgen,2,1\n", ISO_8859_1);
    assertRefused(
        "error: DIR/log.csv, line 3, column 2: Expected text in UTF-8, found the bytes fc.",
        ENCODING_REMEDY);
    shop.log(HEADER + "größe,1,0\r\n".repeat(20_000) + "Jürgen,2,1\n");
    byte[] bytes = Files.readAllBytes(folder.resolve("log.csv"));
    bytes[bytes.length - 11] = (byte) 0xff; // The first byte of the ü in the last line.
    shop.log(bytes);
    assertRefused(
        "error: DIR/log.csv, line 20002, column 2: Expected text in UTF-8, found the bytes ff.",
        ENCODING_REMEDY);
  }

  @Test
  void aFileCutOffInTheMiddleOfACharacter() throws IOException {
    byte[] bytes = (HEADER + "ann,1,0\nJü").getBytes(UTF_8);
    shop.log(Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(
        "error: DIR/log.csv, line 3, column 2: Expected text in UTF-8, found the bytes c3.",
        ENCODING_REMEDY);
  }

  @Test
  void anEncodingThatDoesNotExist() throws IOException {
    shop.source("encoding: utf8mb4");
    assertRefused(
        "error: data.source.encoding (DIR/broken.yaml:6:5): Expected a character set such as UTF-8"
            + " or ISO-8859-1, found \"utf8mb4\".");
  }

  @Test
  void aLabelThatIsNoNumber() throws IOException {
    shop.log(HEADER + "ann,1,yes\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 2: The label of task \"click\" is 0 or 1, found \"yes\".",
        "  Name the label values that mean yes in tasks.click.positive.");
    shop.with("type: binary", "type: regression");
    assertRefused(
        "error: DIR/log.csv, line 2: The column \"click\" is used as a number, and \"yes\" is not"
            + " one.",
        NUMBER_REMEDY);
    shop.log(HEADER + "ann,1,1e39\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 2: The label of task \"click\" is a finite number below 3.4e38,"
            + " found 1.0E39.",
        "  Leave such rows out by where, or mark the value as missing in data.source.missing.");
  }

  @Test
  void textInANumericColumn() throws IOException {
    for (String text : new String[] {"two", "12d", "0x1p3", "1_000", "1,5"}) {
      shop.log(HEADER + "ann,1.5,0\nbob,\"" + text + "\",1\n" + ROWS);
      assertRefused(
          "error: DIR/log.csv, line 3: The column \"price\" is used as a number, and \""
              + text
              + "\" is not one.",
          NUMBER_REMEDY);
    }
    shop.log(HEADER + "ann,1.5,0\nbob, 2,1\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 3: The column \"price\" is used as a number, and \" 2\" is not"
            + " one.",
        "  Take the blanks off; data.source.trim: true does that while it reads.");
  }

  @Test
  void infiniteNumbersAndThoseBeyondAFloat() throws IOException {
    for (String text : new String[] {"inf", "-Infinity", "3.5e38", "1e999"}) {
      shop.log(HEADER + "ann,1.5,0\nbob," + text + ",1\n" + ROWS);
      assertRefused(
          "error: DIR/log.csv, line 3: The column \"price\" is used as a number: expected a finite"
              + " one of at most 3.4e38, found \""
              + text
              + "\".",
          "  Leave such rows out by data.where, or add the value to data.source.missing.");
    }
  }

  @Test
  void aMillionCharactersInANumericColumnAreQuotedInShort() throws IOException {
    shop.log(HEADER + "ann," + "9x".repeat(500_000) + ",0\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 2: The column \"price\" is used as a number, and \""
            + "9x".repeat(28)
            + "9...\" is not one.",
        NUMBER_REMEDY);
  }

  @Test
  void aQuoteThatIsNeverClosed() throws IOException {
    shop.log(HEADER + "ann,1,0\n\"bob,2,1\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 3: Expected a closing quote to the record that begins here, found"
            + " the end of the file.",
        QUOTE_REMEDY);
  }

  @Test
  void aQuoteThatIsNeverClosedDoesNotFillTheMemoryWithTheRestOfALargeFile() throws IOException {
    shop.with("log.csv", "log.csv.gz");
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("log.csv.gz")))) {
      gzip.write((HEADER + "ann,1,0\n\"bob,2,1\n").getBytes(UTF_8));
      byte[] rows = ROWS.repeat(10_000).getBytes(UTF_8);
      for (int i = 0; i < 400; i++) { // 332 MB, of which the limit lets 17 MB be read.
        gzip.write(rows);
      }
    }
    assertRefused(
        "error: DIR/log.csv.gz, line 3: Expected a record of at most 16,777,216 characters, found a"
            + " longer one.",
        "  Most likely a quote that opens in it is never closed: close it, double a quote inside a"
            + " quoted field, or check data.source.delimiter.");
  }

  @Test
  void textBehindAClosingQuote() throws IOException {
    shop.log(HEADER + "ann,1,0\n\"bob\" jr,2,1\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 3: Expected a delimiter or the end of the line after a closing"
            + " quote of the record that begins here, found more text.",
        QUOTE_REMEDY);
  }

  @Test
  void oneClassOnly() throws IOException {
    shop.log(HEADER + ROWS.replace(",1\n", ",0\n"));
    assertRefused(
        "error: tasks.click: Expected at least two different labels among the training rows of this"
            + " task, found 0 in all 6.",
        "  Check tasks.click.label, positive and where, or split the data otherwise.");
  }

  @Test
  void noRowsAfterWhere() throws IOException {
    shop.with("  split", "  where: price > 100\n  split");
    assertRefused(
        "error: data: Expected rows to train on, found none.",
        "  Check data.where, and what data.split leaves for training.");
    shop.with("  where: price > 100\n", "").with("label: click", "label: click, where: price < 0");
    assertRefused(
        "error: tasks.click: No training row has a say in this task: everywhere its label is"
            + " missing, its where is not true, or its weight is 0.",
        "  Check tasks.click.label and where, data.where and data.split.");
  }

  @Test
  void aColumnThatStandsTwice() throws IOException {
    shop.log("user,price, user ,click\n");
    assertRefused(
        "error: DIR/log.csv, line 1: The column \"user\" stands twice in the source.",
        "  Give each column a name of its own.");
    shop.source("columns: [user, price, user]");
    assertRefused(
        "error: data.source.columns (DIR/broken.yaml:6:5): Expected names that differ, found"
            + " \"user\" twice.");
  }

  @Test
  void aHeaderWhereTheColumnsAreNamedAlready() throws IOException {
    shop.source("columns: [user, price, click]");
    assertRefused(
        "error: DIR/log.csv, line 1: Expected a row of data, found a header: the very names of"
            + " data.source.columns.",
        "  Leave data.source.columns out.");
  }

  @Test
  void filesWhoseHeadersDiffer() throws IOException {
    shop.with("log.csv", "*.csv");
    Files.writeString(folder.resolve("more.csv"), "user,click,price\n");
    assertRefused(
        "error: DIR/more.csv, line 1: Expected the header of DIR/log.csv, with \"price\" as column"
            + " 2 of 3, found \"click\" of 3.",
        "  Files read together have the same columns in the same order: read this one on its own,"
            + " or name the columns in data.source.columns if it has no header.");
  }

  @Test
  void packedFilesThatAreCutOffOrNotPacked() throws IOException {
    shop.with("log.csv", "log.csv.gz");
    Path file = folder.resolve("log.csv.gz");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write((HEADER + ROWS).getBytes(UTF_8));
    }
    for (int length : new int[] {0, 5, 40, packed.size() - 1}) {
      Files.write(file, Arrays.copyOf(packed.toByteArray(), length));
      assertRefused(
          "error: DIR/log.csv.gz: Expected what gzip has packed, as the name ends in .gz, found"
              + " that the file is cut off.",
          "  Fetch or pack it again.");
    }
    Files.writeString(file, HEADER + ROWS);
    assertRefused(
        "error: DIR/log.csv.gz: Expected what gzip has packed, as the name ends in .gz, found"
            + " something else: Not in GZIP format.",
        "  Fetch it again if it is damaged, or rename it if it is not packed.");
    byte[] damaged = packed.toByteArray();
    damaged[damaged.length - 8] ^= 1;
    Files.write(file, damaged);
    assertRefused(
        "error: DIR/log.csv.gz: Expected what gzip has packed, as the name ends in .gz, found"
            + " something else: Corrupt GZIP trailer.",
        "  Fetch it again if it is damaged, or rename it if it is not packed.");
    shop.with("log.csv.gz", "log.csv").log(packed.toByteArray());
    assertRefused(
        "error: DIR/log.csv: Expected text, found what gzip has packed.",
        "  Give the file a name that ends in .gz, and it is unpacked while it is read.");
  }

  @Test
  void aFileThatMayNotBeRead() {
    Path file = folder.resolve("log.csv");
    assertThat(file.toFile().setReadable(false)).isTrue();
    assumeFalse(Files.isReadable(file), "skipped: root may read every file");
    assertRefused(
        "error: DIR/log.csv: Expected a file that may be read, found that the permission is"
            + " denied.",
        "  Ask its owner for it, or run chmod u+r on it.");
  }

  @Test
  void badRowsLeftOutAreCountedAndTheFirstFiveShownOnce() throws IOException {
    shop.source("on_bad_row: skip");
    shop.log(HEADER + "ann\n" + ROWS.replace("\n", "\nbob,1,0,1\n"));
    shop.assertWarned(
        shop.train(),
        "warning: 9 bad rows were left out, the first 5 of them: DIR/log.csv, line 2 (1 field);"
            + " DIR/log.csv, line 4 (4 fields); DIR/log.csv, line 6 (4 fields); DIR/log.csv, line 8"
            + " (4 fields); DIR/log.csv, line 10 (4 fields).");
  }

  @Test
  void moreBadRowsThanTheLimitEndTheReading() throws IOException {
    shop.source("on_bad_row: skip").source("max_bad_rows: 2");
    shop.log(HEADER + ROWS + "ann\nbob,1\nann,1,0,1\n");
    assertRefused(
        "error: DIR/log.csv, line 12: Expected at most 2 rows of other than 3 fields, as in the"
            + " header, found one more, of 4.",
        "  Check data.source.delimiter; if so many rows are bad indeed, raise"
            + " data.source.max_bad_rows.");
    shop.with("max_bad_rows: 2", "max_bad_rows: -1");
    assertRefused(
        "error: data.source.max_bad_rows (DIR/broken.yaml:7:5): Expected at least 0, found -1.");
  }

  @Test
  void ofBadRowsAloneNothingIsLeft() throws IOException {
    shop.source("on_bad_row: skip").source("delimiter: ;").log(HEADER + ROWS);
    assertRefused(
        "error: features.user: The source has no column \"user\".",
        "  Known: user,price,click.",
        "error: features.price: The source has no column \"price\".",
        "  Known: user,price,click.");
    shop.with("    delimiter: ;\n", "").log(HEADER + "ann\n");
    assertRefused(
        "error: DIR/log.csv: Expected at least one row of data, found none; bad rows left out: 1.",
        "  Check the file; its first line is taken for the header.");
  }

  @Test
  void numbersThatAreNotThereAndFeaturesThatDoNotVaryAreNoErrors() throws IOException {
    shop.log(HEADER + ROWS.replaceAll(",[0-9.]+,", ",NaN,").replaceAll("ann|bob|cid", "ann"));
    shop.assertWarned(
        shop.train(),
        "warning: features.user: the column \"user\" is \"ann\" in every training row; it tells a"
            + " model nothing.",
        "warning: features.price: the column \"price\" is missing in every training row; it tells a"
            + " model nothing.");
  }

  @Test
  void aMillionCharactersAreAValueLikeAnyOther() throws IOException {
    shop.log(HEADER + ROWS.replace("cid", "c".repeat(1_000_000)));
    shop.assertWarned(shop.train());
  }

  @Test
  void aVocabularyThatOutgrowsItsLimit() throws IOException {
    shop.with("dim: 2}", "dim: 2, max_size: 2}");
    shop.assertWarned(
        shop.train(),
        "warning: table user: 3 values outgrow max_size = 2; the 1 rarest of them, 33.3 % of all that"
            + " was counted, are out of vocabulary. Raise max_size, or take hash_buckets.");
  }

  @Test
  void aLimitOfAVocabularyThatThereIsNot() throws IOException {
    shop.with("dim: 2}", "dim: 2, max_size: 2, hash_buckets: 9}");
    assertRefused(
        "error: features.user.max_size (DIR/broken.yaml:9:37): Expected none beside hash_buckets,"
            + " which have no vocabulary, found 2.");
    shop.with("max_size: 2, hash_buckets: 9", "max_size: 0");
    assertRefused(
        "error: features.user.max_size (DIR/broken.yaml:9:37): Expected at least 1, found 0.");
  }
}
