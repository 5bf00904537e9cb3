package org.mtl4j.server.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** A file of {@link ApiKeys}, read again when it has changed. Safe for several threads. */
public final class KeyFile {
  private final Reloaded<ApiKeys> keys;

  /**
   * Reads it.
   *
   * @param file the file
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
   * @throws MtlException FILE_MISSING, or CONFIG_SYNTAX with all lines that are no keys
   */
  public KeyFile(Path file, LongSupplier nanos) {
    this.keys = new Reloaded<>(List.of(file), () -> read(file), nanos);
  }

  private static ApiKeys read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              file.toString(),
              "The file of keys cannot be read: " + e.getClass().getSimpleName() + ".",
              "Give a file that the server may read, in UTF-8."),
          e);
    }
    return ApiKeys.read(file.toString(), lines);
  }

  /** The keys of now. */
  public ApiKeys keys() {
    return keys.get();
  }
}
