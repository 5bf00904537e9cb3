package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/**
 * The names in a cache's folder: an entry has its key's, what is written or deleted that of
 * something unfinished, and whoever uses an entry holds a lock of a name of its own, so that any
 * number may.
 *
 * @param path the folder
 */
record CacheFolder(Path path) {
  static final String INFO = "info.bin";
  static final String STATE = "state.bin";
  private static final char NUMBERED = '.';

  /** Where the entry of a key is, or would be. */
  Path entry(String key) {
    return path.resolve(key);
  }

  /** The keys of the entries that are there. */
  List<String> keys() throws IOException {
    return Folders.list(path).stream()
        .filter(entry -> Files.isRegularFile(entry.resolve(INFO)) && !Unfinished.isName(entry))
        .map(entry -> entry.getFileName().toString())
        .sorted()
        .toList();
  }

  /** Holds an entry, so that nobody deletes it. */
  FolderLock use(String key) throws IOException {
    return FolderLock.takeFile(numbered(key)).orElseThrow();
  }

  private Path numbered(String key) {
    return path.resolve(key + NUMBERED + UUID.randomUUID());
  }

  /** Whether anybody holds an entry; the locks of those who died are taken away. */
  boolean isInUse(String key) throws IOException {
    String prefix = FolderLock.FILE + "-";
    for (Path file : Folders.list(path)) {
      String name = file.getFileName().toString();
      if (name.startsWith(prefix + key + NUMBERED) && !isFree(name.substring(prefix.length()))) {
        return true;
      }
    }
    return false;
  }

  private boolean isFree(String name) throws IOException {
    Optional<FolderLock> lock = FolderLock.takeFile(path.resolve(name));
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isPresent();
  }

  /** Takes the name off first: whoever looks for the entry finds all of it or nothing. */
  void delete(String key) throws IOException {
    Path gone = new Unfinished(numbered(key)).path();
    Files.move(entry(key), gone);
    Folders.delete(gone);
  }

  /** Takes away what processes that died were writing or deleting. */
  void clearLeftovers() throws IOException {
    for (Path left : Folders.list(path)) {
      if (Unfinished.isName(left)) {
        Optional<FolderLock> free = FolderLock.takeFile(Unfinished.targetOf(left));
        if (free.isPresent()) {
          try {
            Folders.delete(left);
          } finally {
            free.get().close();
          }
        }
      }
    }
  }
}
