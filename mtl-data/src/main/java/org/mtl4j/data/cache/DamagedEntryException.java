package org.mtl4j.data.cache;

import java.io.IOException;

/** An entry of the cache is not what was written: the message says which file, and why. */
final class DamagedEntryException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedEntryException(String message) {
    super(message);
  }
}
