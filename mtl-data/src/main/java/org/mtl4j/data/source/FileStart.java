package org.mtl4j.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The first bytes of a file, which often say that it is not what it is read as. Decoded all the
 * same, UTF-16 gives columns with zeros in their names that nobody has ever heard of.
 *
 * @param bytes the first of them, unpacked
 */
record FileStart(byte[] bytes) {
  private static final int LENGTH = 4096;

  /**
   * What is wrong with a file, and what to do about it.
   *
   * @param what one sentence
   * @param remedy one sentence
   */
  record Finding(String what, String remedy) {}

  /** Looks at a stream that can be reset, and leaves it where it was. */
  static FileStart of(InputStream stream) throws IOException {
    stream.mark(LENGTH);
    FileStart start = new FileStart(stream.readNBytes(LENGTH));
    stream.reset();
    return start;
  }

  /** Why the file cannot be text of that character set. */
  Optional<Finding> contradiction(Charset charset) {
    if (begins(0x1f, 0x8b)) {
      return Optional.of(
          new Finding(
              "Expected text, found what gzip has packed.",
              "Give the file a name that ends in .gz, and it is unpacked while it is read."));
    }
    if (charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")) {
      return Optional.empty();
    }
    if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) {
      return Optional.of(
          new Finding(
              "Expected %s, found the byte order mark of UTF-16.".formatted(charset.name()),
              "Set data.source.encoding: UTF-16."));
    }
    return firstZero()
        .map(
            offset ->
                new Finding(
                    "Expected %s, found a zero as byte %d: this is UTF-16, or no text at all."
                        .formatted(charset.name(), offset + 1),
                    "Set data.source.encoding to UTF-16LE or UTF-16BE if it is text, or save the"
                        + " table as CSV."));
  }

  private boolean begins(int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private Optional<Integer> firstZero() {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
