package org.mtl4j.data.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** One open file of JSON lines, read line by line. Blank lines are no rows. */
final class JsonlFile implements AutoCloseable {
  private final TextFile text;
  private RecordLimit limit;
  private BufferedReader reader;
  private long line;

  /** Opens a file. */
  JsonlFile(Path path) {
    this.text =
        new TextFile(
            path,
            StandardCharsets.UTF_8,
            "Save it as UTF-8, which JSON lines are always in: iconv -t UTF-8 does that.",
            true);
    try {
      limit = new RecordLimit(text.open());
      reader = new BufferedReader(limit);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The next line that is not blank, or null at the end of the file. */
  String next() {
    try {
      while (true) {
        line++;
        limit.begin();
        String next = reader.readLine();
        if (next == null || !next.isBlank()) {
          return next;
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The number, from 1, of the last line. */
  long line() {
    return line;
  }

  /** The file's name, as the source was given it. */
  String name() {
    return text.path().toString();
  }

  /** Where the last line stands, for messages. */
  String place() {
    return CsvFile.place(name(), line);
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
                  "Expected a line of at most %,d characters, found a longer one.",
                  RecordLimit.MAX_CHARACTERS),
              "Write every row on a line of its own: jq -c '.[]' makes lines of an array of"
                  + " rows."),
          e);
    }
    return DataFiles.failure(text.path(), e);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
