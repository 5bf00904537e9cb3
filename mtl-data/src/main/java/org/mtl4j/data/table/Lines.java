package org.mtl4j.data.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.DataFiles;
import org.mtl4j.data.source.TextFile;

/** The lines of one file that are not blank, unpacked if its name says so. */
public final class Lines implements AutoCloseable {
  /** A line of more characters is refused: most likely the file is no text. */
  static final int MAX_CHARACTERS = 1 << 24;

  private static final int BUFFER_CHARS = 1 << 16;
  private static final String PUBLISHED =
      "Check that this is the file that the set publishes, unpacked.";

  private final Path file;
  private final String remedy;
  private final TextFile text;
  private final BufferedReader reader;
  private final char[] buffer = new char[BUFFER_CHARS];
  private int position;
  private int end;
  private long number;

  /** Opens a file of a public data set. */
  Lines(Path file, Charset charset) {
    this(file, charset, PUBLISHED);
  }

  /**
   * Opens a file.
   *
   * @param remedy what to do where it is no text of the character set, or its lines are endless
   * @throws MtlException of code DATA_FORMAT or IO if it cannot be read
   */
  public Lines(Path file, Charset charset, String remedy) {
    this.file = file;
    this.remedy = remedy;
    this.text = new TextFile(file, charset, remedy, true);
    try {
      reader = text.open();
    } catch (CharacterCodingException e) {
      throw new MtlException(text.misencoded(file.toString()), e);
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }

  /**
   * The next line with something on it; null at the end.
   *
   * @throws MtlException of code DATA_FORMAT or IO if there is no reading on
   */
  public String next() {
    try {
      String line = read();
      while (line != null && line.isBlank()) {
        line = read();
      }
      return line;
    } catch (CharacterCodingException e) {
      throw new MtlException(text.misencoded(place()), e);
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }

  /** Where the last line stands: {@code u.data, line 7}. */
  public String place() {
    return file + ", line " + number;
  }

  private String read() throws IOException {
    StringBuilder line = null;
    number++;
    while (true) {
      if (position == end && !fill()) {
        return line == null ? null : text(line);
      }
      int start = position;
      while (position < end && buffer[position] != '\n') {
        position++;
      }
      line = line == null ? new StringBuilder() : line;
      line.append(buffer, start, position - start);
      if (line.length() > MAX_CHARACTERS) {
        throw tooLong();
      }
      if (position < end) {
        position++;
        return text(line);
      }
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(0, reader.read(buffer));
    return end > 0;
  }

  private String text(StringBuilder line) {
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }

  private MtlException tooLong() {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            place(),
            String.format(
                Locale.ROOT,
                "Expected a line of at most %,d characters, found a longer one.",
                MAX_CHARACTERS),
            remedy));
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }
}
