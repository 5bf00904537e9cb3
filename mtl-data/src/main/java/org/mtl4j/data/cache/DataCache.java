package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.data.codec.Codec;

/**
 * Encoded rows that are kept from one run to the next: a folder with a folder for each key, whole
 * whenever it has its name. A key stands for all that the rows depend on, so that an entry is never
 * changed, only made and deleted. Any number of processes may use one cache.
 *
 * <p>Nothing that goes wrong with it stops a run: the reason goes to the notes, and the rows are
 * encoded as if there were no cache.
 */
public final class DataCache {
  private final CacheFolder folder;
  private final Consumer<String> notes;

  /**
   * A cache in a folder, which is made when there is something to put into it.
   *
   * @param notes takes what goes wrong and what is deleted, a sentence each
   */
  public DataCache(Path folder, Consumer<String> notes) {
    this.folder = new CacheFolder(folder);
    this.notes = notes;
  }

  /**
   * The entry of a key, every byte of it checked; the caller closes it. One that is damaged is
   * deleted, and it is as if there were none.
   *
   * @param key of letters and digits
   * @param codec reads what is kept beside the rows
   */
  public <T> Optional<CacheEntry<T>> open(String key, Codec<T> codec) {
    Path entry = folder.entry(key);
    if (!Files.isDirectory(entry)) {
      return Optional.empty();
    }
    try {
      return read(key, codec);
    } catch (IOException e) {
      notes.accept("the cache's entry %s cannot be read (%s): it is not used".formatted(entry, e));
      return Optional.empty();
    }
  }

  /**
   * What is kept beside the rows of a key's entry. To look at it is no use of the entry: when it
   * was last used stays as it is, and of the rows no byte is read.
   *
   * @return empty if there is no such entry, or it cannot be read
   */
  public <T> Optional<T> state(String key, Codec<T> codec) {
    try {
      return Optional.of(
          CheckedFile.read(
              folder.entry(key).resolve(CacheFolder.STATE),
              in -> {
                CacheDraft.INDEX.read(in);
                return codec.read(in);
              }));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private <T> Optional<CacheEntry<T>> read(String key, Codec<T> codec) throws IOException {
    Path entry = folder.entry(key);
    FolderLock use = folder.use(key);
    boolean opened = false;
    try {
      CacheEntry<T> found = read(entry, codec, use);
      Files.setLastModifiedTime(entry.resolve(CacheFolder.INFO), FileTime.from(Instant.now()));
      opened = true;
      return Optional.of(found);
    } catch (DamagedEntryException e) {
      notes.accept(
          "the cache's entry %s is damaged (%s): the rows are encoded anew"
              .formatted(entry, e.getMessage()));
      folder.delete(key);
      return Optional.empty();
    } finally {
      if (!opened) {
        use.close();
      }
    }
  }

  private static <T> CacheEntry<T> read(Path entry, Codec<T> codec, FolderLock use)
      throws IOException {
    return CheckedFile.read(
        entry.resolve(CacheFolder.STATE),
        in -> {
          Map<String, PackedRows> rows = new LinkedHashMap<>();
          for (var stored : CacheDraft.INDEX.read(in).rows().entrySet()) {
            Path file = entry.resolve(stored.getKey() + RowCache.SUFFIX);
            rows.put(stored.getKey(), MappedRows.checked(file, stored.getValue()));
          }
          return new CacheEntry<>(codec.read(in), rows, use);
        });
  }

  /**
   * Begins the entry of a key that is not there; the caller closes it.
   *
   * @return empty if another process does so just now, or the folder cannot be written
   */
  public Optional<CacheDraft> begin(String key) {
    Path entry = folder.entry(key);
    try {
      Folders.make(folder.path());
      folder.clearLeftovers();
      Optional<FolderLock> lock = FolderLock.takeFile(entry);
      if (lock.isEmpty()) {
        notes.accept(
            "%s encodes the same rows into the cache just now: this run encodes its own"
                .formatted(FolderLock.ownerOfFile(entry)));
        return Optional.empty();
      }
      Unfinished draft = new Unfinished(entry);
      Folders.make(draft.path());
      return Optional.of(new CacheDraft(draft, lock.get()));
    } catch (IOException e) {
      notes.accept(
          "the cache %s cannot be written (%s): nothing is kept".formatted(folder.path(), e));
      return Optional.empty();
    }
  }
}
