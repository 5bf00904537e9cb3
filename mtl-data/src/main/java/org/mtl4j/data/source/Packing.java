package org.mtl4j.data.source;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** How a file may be packed; the end of its name says so. */
public enum Packing {
  /** RFC 1952. */
  GZIP("gzip", ".gz", "1f8b"),
  /** RFC 8878. */
  ZSTD("zstd", ".zst", "28b52ffd");

  private static final int MAGIC_BYTES = 4;
  private static final int BUFFER_BYTES = 1 << 16;

  private final String program;
  private final String ending;
  private final String magic;

  Packing(String program, String ending, String magic) {
    this.program = program;
    this.ending = ending;
    this.magic = magic;
  }

  /** What the file's name says. */
  public static Optional<Packing> of(Path file) {
    return Arrays.stream(values()).filter(p -> file.toString().endsWith(p.ending)).findFirst();
  }

  /** What a file's first bytes say. */
  static Optional<Packing> of(byte[] start) {
    String bytes = HexFormat.of().formatHex(Arrays.copyOf(start, MAGIC_BYTES));
    return Arrays.stream(values()).filter(p -> bytes.startsWith(p.magic)).findFirst();
  }

  /** What packs so. */
  String program() {
    return program;
  }

  /** The end of the names of such files. */
  public String ending() {
    return ending;
  }

  /**
   * The bytes that were packed.
   *
   * @throws IOException if they do not begin as such bytes do; reading throws it for those that go
   *     on otherwise
   */
  public InputStream unpack(InputStream packed) throws IOException {
    return this == GZIP ? new GZIPInputStream(packed, BUFFER_BYTES) : new ZstdInputStream(packed);
  }

  /** Whether a failure says that the packed bytes end too early. */
  public static boolean isCutOff(IOException e) {
    return e instanceof EOFException
        || (e instanceof ZstdIOException && String.valueOf(e.getMessage()).contains("Truncated"));
  }

  /** Whether a failure is of the packed bytes, and not of the disk. */
  static boolean isDamage(IOException e) {
    return e instanceof EOFException || e instanceof ZipException || e instanceof ZstdIOException;
  }
}
