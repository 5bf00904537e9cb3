package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.data.codec.Codec;
import org.mtl4j.data.codec.Codecs;

/**
 * An entry of the cache on its way: nobody sees it until it is published, and closing it before
 * deletes it. One process at a time has the draft of a key.
 */
public final class CacheDraft implements RowStore<StoredRows>, AutoCloseable {
  static final Codec<EntryInfo> INFO = new Codecs().of(EntryInfo.class);
  static final Codec<EntryIndex> INDEX = new Codecs().of(EntryIndex.class);

  private final Unfinished folder;
  private final FolderLock lock;

  /** The rows that an entry has, by name. */
  record EntryIndex(Map<String, StoredRows> rows) {}

  CacheDraft(Unfinished folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Starts a file.
   *
   * @throws CacheWriteException if it cannot be made
   */
  @Override
  public RowFile file(String name) {
    Path file = folder.path().resolve(name + RowCache.SUFFIX);
    try {
      return RowFile.create(file, CacheWriteException::new);
    } catch (IOException e) {
      throw new CacheWriteException(file, e);
    }
  }

  @Override
  public StoredRows finish(RowFile file) {
    return file.store();
  }

  /**
   * Gives the entry its name. It is not forced to the disk first: after a power cut its sums tell
   * that it is damaged, and then it is made again.
   *
   * @param info for those who list the cache
   * @param rows by their names
   * @param state kept beside the rows
   * @throws CacheWriteException if it cannot be written
   */
  public <T> void publish(EntryInfo info, Map<String, StoredRows> rows, T state, Codec<T> codec) {
    try {
      CheckedFile.write(folder.path().resolve(CacheFolder.INFO), out -> INFO.write(info, out));
      CheckedFile.write(
          folder.path().resolve(CacheFolder.STATE),
          out -> {
            INDEX.write(new EntryIndex(rows), out);
            codec.write(state, out);
          });
      Files.move(folder.path(), folder.target());
    } catch (IOException e) {
      throw new CacheWriteException(folder.target(), e);
    }
  }

  /** Deletes what was not published, and lets others begin. */
  @Override
  public void close() {
    folder.drop();
    try {
      lock.close();
    } catch (IOException e) {
      // The system gives the lock back when the process ends.
    }
  }
}
