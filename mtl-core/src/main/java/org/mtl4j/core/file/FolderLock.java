package org.mtl4j.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder taken by one process, by a lock of the operating system on the file {@code .lock} in it;
 * or one file to be written in a folder that is anybody's, by one on {@code .lock-NAME} beside it.
 * The system gives it back however the process ends, so a file that a killed process leaves is in
 * nobody's way; closing deletes it. The file holds the process's number, for messages alone.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the file. */
  public static final String FILE = ".lock";

  private static final String UNKNOWN = "another process";

  /**
   * What this process holds. The system's locks are those of a process: it would give the lock back
   * as soon as any channel of the process on the file was closed, so a second one is not opened.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes a folder.
   *
   * @param folder it must be there
   * @return the lock, to be closed; empty if the folder is taken, by this process or another
   * @throws IOException if the file cannot be written, or the file system has no locks
   */
  public static Optional<FolderLock> take(Path folder) throws IOException {
    return takeBy(folder.toRealPath().resolve(FILE));
  }

  /**
   * Takes a file that is to be written, and not what else is in its folder.
   *
   * @param target its folder must be there
   * @return as {@link #take}
   * @throws IOException as {@link #take}
   */
  public static Optional<FolderLock> takeFile(Path target) throws IOException {
    return takeBy(besides(target));
  }

  private static Path besides(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent().toRealPath();
    return folder.resolve(FILE + "-" + target.getFileName());
  }

  private static Optional<FolderLock> takeBy(Path file) throws IOException {
    if (!OURS.add(file)) {
      return Optional.empty();
    }
    Optional<FolderLock> taken = Optional.empty();
    try {
      taken = open(file);
      return taken;
    } finally {
      if (taken.isEmpty()) {
        OURS.remove(file);
      }
    }
  }

  /** Whoever had the folder may delete the file while this opens it: then there is a new one. */
  private static Optional<FolderLock> open(Path file) throws IOException {
    while (true) {
      Optional<Object> before = key(file);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          return Optional.empty();
        }
        taken = before.isPresent() && before.equals(key(file));
        if (taken) {
          writeOwner(channel);
          return Optional.of(new FolderLock(file, channel, lock));
        }
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    }
  }

  /** What tells a file from another of its name; empty if there is none. */
  private static Optional<Object> key(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = attributes.fileKey(); // Windows has none, nor deletes a file that is open.
      return Optional.of(key == null ? file : key);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void writeOwner(FileChannel channel) {
    try {
      channel.truncate(0);
      String number = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      // On a full disk messages lack the number; the lock holds.
    }
  }

  /** Who has a folder that could not be taken, say {@code process 123}. */
  public static String owner(Path folder) {
    try {
      return ownerBy(folder.toRealPath().resolve(FILE));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Who has a file that could not be taken. */
  public static String ownerOfFile(Path target) {
    try {
      return ownerBy(besides(target));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String ownerBy(Path file) throws IOException {
    if (OURS.contains(file)) {
      return "this process";
    }
    String number = Files.readString(file, StandardCharsets.US_ASCII);
    return number.isEmpty() ? UNKNOWN : "process " + number;
  }

  /** Gives the folder back, and deletes the file. */
  @Override
  public void close() throws IOException {
    if (!lock.isValid()) {
      return; // Given back already; the file may be another's.
    }
    try (channel) {
      Files.deleteIfExists(file); // While it is still ours: nobody else's is deleted.
      lock.release();
    } finally {
      OURS.remove(file);
    }
  }
}
