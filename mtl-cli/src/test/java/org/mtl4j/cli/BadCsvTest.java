package org.mtl4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mtl4j.cli.BrokenShop.FIELDS_REMEDY;
import static org.mtl4j.cli.BrokenShop.HEADER;
import static org.mtl4j.cli.BrokenShop.NUMBER_REMEDY;
import static org.mtl4j.cli.BrokenShop.ROWS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What {@code mtl train} says of CSV that is broken, word for word. */
class BadCsvTest extends BrokenShopTest {
  private static final String QUOTE_REMEDY =
      "  Close every quote, double a quote inside a quoted field, or check data.source.delimiter.";

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
    // Files of gzip one behind the other are one: more text than Java can hold, whatever the heap.
    byte[] rows = gzip(ROWS.repeat(100_000));
    long times = Integer.MAX_VALUE / (ROWS.length() * 100_000L) + 1;
    try (OutputStream file = Files.newOutputStream(folder.resolve("log.csv.gz"))) {
      file.write(gzip(HEADER + "ann,1,0\n\"bob,2,1\n"));
      for (int i = 0; i < times; i++) {
        file.write(rows);
      }
    }
    assertRefused(
        "error: DIR/log.csv.gz, line 3: Expected a record of at most 16,777,216 characters, found a"
            + " longer one.",
        "  Most likely a quote that opens in it is never closed: close it, double a quote inside a"
            + " quoted field, or check data.source.delimiter.");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
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
        "error: features.user (DIR/broken.yaml:11:3): The source has no column \"user\".",
        "  Its only column is \"user,price,click\": if these are several, set data.source.delimiter.",
        "error: features.price (DIR/broken.yaml:12:3): The source has no column \"price\".",
        "  Its only column is \"user,price,click\": if these are several, set data.source.delimiter.");
    shop.with("    delimiter: ;\n", "").log(HEADER + "ann\n");
    assertRefused(
        "error: DIR/log.csv: Expected at least one row of data, found none; bad rows left out: 1.",
        "  Check the file; its first line is taken for the header.");
  }

  @Test
  void blankLinesBeforeAHeaderChangeNothing() throws IOException {
    shop.log("\n  \n" + HEADER + "ann,1.5\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 4: Expected 3 fields, as in the header, found 2.", FIELDS_REMEDY);
    shop.source("columns: [user, price, click]").log("\n  \n" + HEADER + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 3: Expected a row of data, found a header: the very names of"
            + " data.source.columns.",
        "  Leave data.source.columns out.");
  }
}
