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
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What {@code mtl train} says of files that are not there or not what they seem, word for word. */
class BadFilesTest extends BrokenShopTest {
  private static final String ENCODING_REMEDY =
      "  Set data.source.encoding to the file's own, say ISO-8859-1 or windows-1252.";

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

  /** The split names the files then, and nobody looks at data.source.path. */
  @Test
  void aSplitsPatternThatFitsNothing() throws IOException {
    String before = "{by: every, test: 4}";
    for (String split : List.of("train", "validation", "test")) {
      String files = "train: DIR/log.csv, validation: DIR/log.csv, test: DIR/log.csv";
      String one = files.replace(split + ": DIR/log", split + ": DIR/days/*");
      String after = "{by: files, " + one.replace("DIR", folder.toString()) + "}";
      shop.with(before, after);
      before = after;
      assertRefused(
          "error: DIR/days/*.csv: No file fits this pattern; the current directory is "
              + Path.of("").toAbsolutePath()
              + ".",
          "  Check data.split." + split + ", or run the command from the folder it is meant from.");
    }
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

  /** Read as a file, a pipe that nobody writes to would wait for ever. */
  @Test
  void aPipeOrADeviceInPlaceOfAFile() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor()).isZero();
    shop.with("log.csv", "pipe");
    assertRefused(
        "error: DIR/pipe: Expected a regular file, found a pipe or a device: data is read more than"
            + " once.",
        "  Write it to a file first.");
    shop.with(pipe.toString(), "/dev/null");
    assertRefused(
        "error: /dev/null: Expected a regular file, found a pipe or a device: data is read more"
            + " than once.",
        "  Write it to a file first.");
  }

  @Test
  void foldersAndNamesWithNothingInCommonAreNoNearFiles() throws IOException {
    Files.createDirectory(folder.resolve("lgo.csv"));
    Files.writeString(folder.resolve("x"), "");
    shop.with(folder + "/log.csv", "[DIR/lgo.csvs, DIR/a]");
    Files.delete(folder.resolve("log.csv"));
    String here = "; the current directory is " + Path.of("").toAbsolutePath() + ".";
    String remedy =
        "  Check data.source.path, or run the command from the folder it is meant from.";
    assertRefused(
        "error: DIR/lgo.csvs: There is no such file (paths are relative)" + here,
        remedy,
        "error: DIR/a: There is no such file (paths are relative)" + here,
        remedy);
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
}
