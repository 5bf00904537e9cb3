package org.mtl4j.data.cache;

import java.io.IOException;

/**
 * A file, of an entry of the cache say, is not what was written: the message says which file, and
 * why.
 */
public final class DamagedEntryException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedEntryException(String message) {
    super(message);
  }
}
