package org.mtl4j.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first bytes of a file, which often say that it is not what it is read as. Decoded all the
 * same, UTF-16 gives columns with zeros in their names that nobody has ever heard of.
 *
 * @param bytes the first of them, unpacked
 */
record FileStart(byte[] bytes) {
  private static final int LENGTH = 4096;

  /** Byte order marks; that of UTF-32LE begins as that of UTF-16 does, and so it comes first. */
  private static final List<Mark> MARKS =
      List.of(
          new Mark("UTF-32", 0xff, 0xfe, 0, 0),
          new Mark("UTF-32", 0, 0, 0xfe, 0xff),
          new Mark("UTF-16", 0xff, 0xfe),
          new Mark("UTF-16", 0xfe, 0xff),
          new Mark("UTF-8", 0xef, 0xbb, 0xbf));

  /** The encoding to name for a file that begins with these bytes. */
  private record Mark(String encoding, byte[] bytes) {
    Mark(String encoding, int... bytes) {
      this(encoding, new byte[bytes.length]);
      for (int i = 0; i < bytes.length; i++) {
        this.bytes[i] = (byte) bytes[i];
      }
    }

    boolean begins(byte[] file) {
      return Arrays.equals(bytes, Arrays.copyOf(file, Math.min(bytes.length, file.length)));
    }

    /** Whether the bytes are a mark, or nothing, to that character set. */
    boolean isOf(Charset charset) {
      String decoded = new String(bytes, charset);
      return decoded.isEmpty() || decoded.equals("\uFEFF");
    }
  }

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

  /** Whether it is a packed file. */
  boolean isPacked() {
    return Packing.of(bytes).isPresent();
  }

  /** Why the file cannot be text of that character set. */
  Optional<Finding> contradiction(Charset charset) {
    Optional<Packing> packing = Packing.of(bytes);
    if (packing.isPresent()) {
      return packing.map(FileStart::packed);
    }
    Optional<Mark> mark = MARKS.stream().filter(m -> m.begins(bytes)).findFirst();
    if (mark.isPresent()) {
      return mark.filter(m -> !m.isOf(charset)).map(m -> marked(charset, m));
    }
    return hasZeros(charset) ? Optional.empty() : firstZero().map(at -> zero(charset, at));
  }

  private static Finding packed(Packing packing) {
    return new Finding(
        "Expected text, found what " + packing.program() + " has packed.",
        "Give the file a name that ends in "
            + packing.ending()
            + ", and it is unpacked while it is read.");
  }

  private static Finding marked(Charset charset, Mark mark) {
    return new Finding(
        "Expected %s, found the byte order mark of %s.".formatted(charset.name(), mark.encoding()),
        "Set data.source.encoding: " + mark.encoding() + ".");
  }

  private static Finding zero(Charset charset, int offset) {
    return new Finding(
        "Expected %s, found a zero as byte %d: this is UTF-16, or no text at all."
            .formatted(charset.name(), offset + 1),
        "Set data.source.encoding to UTF-16LE or UTF-16BE if it is text, or save the table as"
            + " CSV.");
  }

  /** Whether a plain letter has a zero among its bytes, as in all kinds of UTF-16 and UTF-32. */
  private static boolean hasZeros(Charset charset) {
    return charset.canEncode() && new FileStart("a".getBytes(charset)).firstZero().isPresent();
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
