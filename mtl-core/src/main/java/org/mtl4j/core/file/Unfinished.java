package org.mtl4j.core.file;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file or folder that is being written under a name that nothing reads, {@code .unfinished-NAME},
 * and takes its own name in one step when it is whole and on the disk. However the process or the
 * machine dies, whatever has the name is whole.
 *
 * @param target what it will be
 */
public record Unfinished(Path target) {
  private static final String PREFIX = ".unfinished-";

  /** Whether a path is what a process that died may have left. */
  public static boolean isName(Path path) {
    return path.getFileName().toString().startsWith(PREFIX);
  }

  /** What a file or folder of an unfinished name was to become. */
  public static Path targetOf(Path unfinished) {
    String name = unfinished.getFileName().toString();
    return unfinished.resolveSibling(name.substring(PREFIX.length()));
  }

  /** Where to write until it is whole. */
  public Path path() {
    return target.toAbsolutePath().resolveSibling(PREFIX + target.getFileName());
  }

  /**
   * Gives it its name; a file of that name is replaced.
   *
   * @throws IOException if it cannot, for instance since the target is a folder that is not empty
   */
  public void finish() throws IOException {
    Folders.force(path());
    rename(path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives a file or folder another name in the same folder, for good. */
  public static void rename(Path from, Path to, CopyOption... options) throws IOException {
    Files.move(from, to, options);
    Folders.forceOne(to.toAbsolutePath().getParent());
  }

  /** Deletes what was written of it. A failure is of no matter: nothing reads the name. */
  public void drop() {
    try {
      Folders.delete(path());
    } catch (IOException e) {
      // The next process that writes here clears it away; another failure is on its way already.
    }
  }

  /** Deletes whatever processes that died left unfinished in a folder; it need not be there. */
  public static void clear(Path folder) throws IOException {
    for (Path entry : Folders.list(folder)) {
      if (isName(entry)) {
        Folders.delete(entry);
      }
    }
  }
}
