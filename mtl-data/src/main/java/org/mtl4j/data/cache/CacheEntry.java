package org.mtl4j.data.cache;

import java.io.IOException;
import java.util.Map;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.file.FolderLock;

/**
 * Rows of the cache and what is kept beside them, in use until it is closed: nobody deletes it
 * meanwhile.
 *
 * @param <T> what is kept beside the rows
 */
public final class CacheEntry<T> implements AutoCloseable {
  private final T state;
  private final Map<String, PackedRows> rows;
  private final FolderLock use;

  CacheEntry(T state, Map<String, PackedRows> rows, FolderLock use) {
    this.state = state;
    this.rows = Map.copyOf(rows);
    this.use = use;
  }

  /** What is kept beside the rows. */
  public T state() {
    return state;
  }

  /** The rows by name. */
  public Map<String, PackedRows> rows() {
    return rows;
  }

  /** Gives the entry free to be deleted; on Linux and macOS its rows stay readable even then. */
  @Override
  public void close() {
    try {
      use.close();
    } catch (IOException e) {
      // The system gives the lock back when the process ends.
    }
  }
}
