package org.mtl4j.data.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The cache cannot be written: a full disk, say. Whoever needs the rows keeps them elsewhere. */
public final class CacheWriteException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /** A failure at a file. */
  CacheWriteException(Path file, IOException cause) {
    super(file + " cannot be written: " + cause, cause);
  }
}
