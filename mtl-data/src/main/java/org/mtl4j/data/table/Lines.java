package org.mtl4j.data.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.error.EncodingFault;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.DataFiles;

/** The lines of one file that are not blank, unpacked if its name ends in {@code .gz}. */
final class Lines implements AutoCloseable {
  /** A line of more characters is refused: most likely the file is no text. */
  static final int MAX_CHARACTERS = 1 << 24;

  private static final int BUFFER_CHARS = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final Charset charset;
  private final BufferedReader reader;
  private final char[] buffer = new char[BUFFER_CHARS];
  private int position;
  private int end;
  private long number;

  /** Opens a file. */
  Lines(Path file, Charset charset) {
    this.file = file;
    this.charset = charset;
    try {
      // A decoder of our own: by default Java puts U+FFFD where bytes fit no character.
      reader =
          new BufferedReader(
              new InputStreamReader(
                  DataFiles.open(file),
                  charset
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)));
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }

  /** The next line with something on it; null at the end. */
  String next() {
    try {
      String line = read();
      while (line != null && line.isBlank()) {
        line = read();
      }
      return line;
    } catch (CharacterCodingException e) {
      throw misencoded(e);
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }

  /** Where the last line stands: {@code u.data, line 7}. */
  String place() {
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
    if (number == 1 && line.length() > 0 && line.charAt(0) == BYTE_ORDER_MARK) {
      line.deleteCharAt(0);
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
            "Check that this is the file that the set publishes, unpacked."));
  }

  /** Readers decode far ahead of the line they are at, so the bytes are looked for anew. */
  private MtlException misencoded(CharacterCodingException e) {
    Optional<EncodingFault> fault = Optional.empty();
    try (InputStream bytes = DataFiles.open(file)) {
      fault = EncodingFault.find(bytes, charset);
    } catch (IOException gone) {
      e.addSuppressed(gone);
    }
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            fault.map(f -> f.in(file.toString())).orElse(place()),
            "Expected text in %s, found %s."
                .formatted(
                    charset, fault.map(f -> "the bytes " + f.bytes()).orElse("bytes that are not")),
            "Check that this is the file that the set publishes, unpacked."),
        e);
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
