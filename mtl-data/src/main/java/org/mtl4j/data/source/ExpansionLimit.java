package org.mtl4j.data.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Ends the unpacking of a file that was made to have no end: some kilobytes of zeros, well packed,
 * are days of reading. Logs rarely shrink to less than a hundredth.
 */
final class ExpansionLimit extends FilterInputStream {
  /** So many bytes may come of each packed one. */
  static final long RATIO = 1_000;

  /** So many may come of a file however small it is. */
  static final long FREE_BYTES = 1_000_000_000;

  private final long packed;
  private final long limit;
  private long unpacked;

  /**
   * A stream of unpacked bytes over another, which it closes.
   *
   * @param packed the size of the file that they come from, in bytes
   */
  ExpansionLimit(InputStream stream, long packed) {
    this(stream, packed, FREE_BYTES);
  }

  /** With so many bytes free. */
  ExpansionLimit(InputStream stream, long packed, long free) {
    super(stream);
    this.packed = packed;
    this.limit = Math.max(free, packed * RATIO);
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(0, count));
    return count;
  }

  /** Skipped bytes are read, so that they count. */
  @Override
  public long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && read() >= 0) {
      left--;
    }
    return count - left;
  }

  private void count(int more) throws TooLargeException {
    unpacked += more;
    if (unpacked > limit) {
      throw new TooLargeException(packed, limit);
    }
  }

  /** A file unpacks to more than the limit. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(long packed, long limit) {
      super(String.format(Locale.ROOT, "more than %,d bytes from a file of %,d", limit, packed));
    }
  }
}
