package org.mtl4j.data.source;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** One open CSV file, read record by record. Blank lines are no records. */
final class CsvFile implements AutoCloseable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER_CHARS = 1 << 16;

  private final Path path;
  private final CsvConfig config;
  private CSVParser parser;
  private Iterator<CSVRecord> records;
  private long line;

  /** Opens a file. */
  CsvFile(Path path, CsvConfig config) {
    this.path = path;
    this.config = config;
    try {
      parser = CSVParser.parse(reader(), format(config));
      records = parser.iterator();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The next record, or null at the end of the file. */
  CSVRecord next() {
    try {
      while (true) {
        line = parser.getCurrentLineNumber() + 1;
        if (!records.hasNext()) {
          return null;
        }
        CSVRecord record = records.next();
        if (record.size() > 1 || !record.get(0).isBlank()) {
          return record;
        }
      }
    } catch (UncheckedIOException e) {
      throw failure(e.getCause());
    }
  }

  /** The line, from 1, on which the last record begins; quoted fields may run over several. */
  long line() {
    return line;
  }

  /** The file's name, as the source was given it. */
  String name() {
    return path.toString();
  }

  /** Where the last record stands, for messages. */
  String place() {
    return place(name(), line);
  }

  /** A line of a file, for messages. */
  static String place(String name, long line) {
    return name + ", line " + line;
  }

  private Reader reader() throws IOException {
    // A decoder of our own: by default Java puts U+FFFD where bytes fit no character.
    var decoder =
        config
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(DataFiles.open(path), decoder), BUFFER_CHARS);
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  private static CSVFormat format(CsvConfig config) {
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(config.delimiter())
        .setIgnoreEmptyLines(false) // Skipped above, where lines are counted.
        .setIgnoreSurroundingSpaces(config.trim())
        .get();
  }

  private MtlException failure(IOException e) {
    if (e instanceof CharacterCodingException) {
      return new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              place(),
              "From about here on, bytes are not " + config.encoding() + ".",
              "Set data.source.encoding to the file's own, say ISO-8859-1 or windows-1252."),
          e);
    }
    if (e instanceof CSVException) {
      return new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              place(),
              "The record that begins here breaks the rules of quotes: " + e.getMessage() + ".",
              "Close every quote, double a quote inside a quoted field, or check"
                  + " data.source.delimiter."),
          e);
    }
    if (e instanceof ZipException || e instanceof EOFException) {
      return new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              name(),
              "The file's name ends in .gz and it cannot be unpacked: " + e.getMessage() + ".",
              "Fetch it again if it is damaged, or rename it if it is not packed."),
          e);
    }
    return new MtlException(
        Problem.of(ErrorCode.IO, name(), "The file cannot be read: " + e + "."), e);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
