package org.mtl4j.core.error;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first bytes of a file that are no character of its encoding. Readers decode far ahead of the
 * row that they are at, so the place is looked for anew.
 *
 * @param line from 1
 * @param column the character of the line, from 1
 * @param bytes in hexadecimal
 */
public record EncodingFault(long line, long column, String bytes) {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Looks for the first fault; empty if there is none.
   *
   * @throws IOException if the stream cannot be read
   */
  public static Optional<EncodingFault> find(InputStream stream, Charset charset)
      throws IOException {
    return new Search(charset).find(stream);
  }

  /** The place in a file: {@code u.csv, line 7, column 2}. */
  public String in(String file) {
    return file + ", line " + line + ", column " + column;
  }

  private static final class Search {
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    private final CharBuffer characters = CharBuffer.allocate(BUFFER_BYTES);
    private long line = 1;
    private long column = 1;
    private char last;

    Search(Charset charset) {
      decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    Optional<EncodingFault> find(InputStream stream) throws IOException {
      boolean end = false;
      while (!end) {
        int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
        end = count < 0;
        bytes.position(bytes.position() + Math.max(0, count)).flip();
        CoderResult result = decode(end);
        if (result.isError()) {
          return Optional.of(fault(result.length()));
        }
        bytes.compact();
      }
      return Optional.empty();
    }

    private CoderResult decode(boolean end) {
      CoderResult result = CoderResult.OVERFLOW;
      while (result.isOverflow()) {
        characters.clear();
        result = decoder.decode(bytes, characters, end);
        count(characters.flip());
      }
      return result;
    }

    private void count(CharBuffer decoded) {
      while (decoded.hasRemaining()) {
        char c = decoded.get();
        boolean lineBreak = c == '\r' || (c == '\n' && last != '\r');
        if (lineBreak) {
          line++;
        }
        column = c == '\r' || c == '\n' ? 1 : column + 1;
        last = c;
      }
    }

    private EncodingFault fault(int length) {
      byte[] found = new byte[length];
      bytes.get(found);
      return new EncodingFault(line, column, HexFormat.ofDelimiter(" ").formatHex(found));
    }
  }
}
