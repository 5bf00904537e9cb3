package org.mtl4j.data.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Files for tests: small ones written on the spot, real ones from the shared folder. */
final class TestFiles {
  private TestFiles() {}

  static Path write(Path file, String text) {
    return write(file, text, UTF_8);
  }

  static Path write(Path file, String text, Charset charset) {
    return write(file, text.getBytes(charset));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path gzip(Path file, String text) {
    return gzip(file, text.getBytes(UTF_8));
  }

  static Path gzip(Path file, byte[] bytes) {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  static Path zstd(Path file, String text) {
    return zstd(file, text.getBytes(UTF_8));
  }

  static Path zstd(Path file, byte[] bytes) {
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A file of the shared data, or the end of the test where it is absent. */
  static Path shared(String name) {
    Path file = Path.of(System.getProperty("mtl.shared", "../shared"), "data", name);
    assumeTrue(Files.isReadable(file), () -> "skipped: no shared data at " + file);
    return file;
  }
}
