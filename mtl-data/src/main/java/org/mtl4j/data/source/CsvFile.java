package org.mtl4j.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** One open CSV file, read record by record. Blank lines are no records. */
final class CsvFile implements AutoCloseable {
  private final Path path;
  private final CsvConfig config;
  private final TextFile text;
  private RecordLimit limit;
  private CSVParser parser;
  private Iterator<CSVRecord> records;
  private long line;
  private long given;

  /** Opens a file. */
  CsvFile(Path path, CsvConfig config) {
    this.path = path;
    this.config = config;
    this.text =
        new TextFile(
            path,
            config.charset(),
            "Set data.source.encoding to the file's own, say ISO-8859-1 or windows-1252.",
            false);
    try {
      limit = new RecordLimit(text.open());
      parser = CSVParser.parse(limit, format(config));
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
        limit.begin();
        if (!records.hasNext()) {
          return null;
        }
        CSVRecord record = records.next();
        if (record.size() > 1 || !CsvCells.isBlank(record.get(0))) {
          given++;
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

  /** Whether the last record is the file's first, whatever blank lines stand before it. */
  boolean isFirst() {
    return given == 1;
  }

  /** A line of a file, for messages. */
  static String place(String name, long line) {
    return name + ", line " + line;
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
      return new MtlException(text.misencoded(place()), e);
    }
    if (e instanceof RecordLimit.TooLongException) {
      return new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              place(),
              String.format(
                  Locale.ROOT,
                  "Expected a record of at most %,d characters, found a longer one.",
                  RecordLimit.MAX_CHARACTERS),
              "Most likely a quote that opens in it is never closed: close it, double a quote"
                  + " inside a quoted field, or "
                  + config.delimiterCheck()
                  + "."),
          e);
    }
    return e instanceof CSVException
        ? new MtlException(misquoted(e.getMessage()), e)
        : DataFiles.failure(path, e);
  }

  private Problem misquoted(String complaint) {
    boolean open = complaint.contains("EOF");
    return new Problem(
        ErrorCode.DATA_FORMAT,
        place(),
        open
            ? "Expected a closing quote to the record that begins here, found the end of the file."
            : "Expected a delimiter or the end of the line after a closing quote of the record that"
                + " begins here, found more text.",
        "Close every quote, double a quote inside a quoted field, or "
            + config.delimiterCheck()
            + ".");
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
