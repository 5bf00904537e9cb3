package org.mtl4j.data.source;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Ends the reading of a record that never ends: after a quote that is not closed, all the rest of a
 * file would be one field, in memory.
 */
final class RecordLimit extends FilterReader {
  /** A record of more characters is refused, give or take what is read ahead. */
  static final int MAX_CHARACTERS = 1 << 24;

  private long characters;

  /** A reader over another, which it closes. */
  RecordLimit(Reader reader) {
    super(reader);
  }

  /** Starts counting anew. */
  void begin() {
    characters = 0;
  }

  @Override
  public int read() throws IOException {
    count(1);
    return super.read();
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int more) throws TooLongException {
    characters += more;
    if (characters > MAX_CHARACTERS) {
      throw new TooLongException();
    }
  }

  /** A record went beyond the limit. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLongException() {
      super("a record of more than " + MAX_CHARACTERS + " characters");
    }
  }
}
