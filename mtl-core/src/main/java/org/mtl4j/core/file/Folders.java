package org.mtl4j.core.file;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is done to whole folders. */
public final class Folders {
  private Folders() {}

  /**
   * Deletes a file or a folder with all that is in it; nothing if it is not there.
   *
   * @throws IOException if some of it cannot be deleted
   */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path entry : entries(path)) {
      Files.delete(entry);
    }
  }

  /**
   * Deletes a file for good: after a power cut it is not there again. Nothing if it is not there.
   *
   * @throws IOException if it cannot be deleted
   */
  public static void deleteFile(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      forceOne(file.toAbsolutePath().getParent());
    }
  }

  /**
   * Forces a file, or a folder with all that is in it, to the disk: after a power cut it is there
   * as it is now. The name itself is the parent folder's matter.
   *
   * @throws IOException if it cannot be read or the disk refuses
   */
  public static void force(Path path) throws IOException {
    for (Path entry : entries(path)) {
      forceOne(entry);
    }
  }

  /**
   * Forces a file's bytes, or a folder's names, to the disk.
   *
   * @throws IOException if it cannot be read or the disk refuses
   */
  public static void forceOne(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && File.separatorChar == '\\') {
      return; // Windows opens no folders, and writes their names through.
    }
    StandardOpenOption how = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /**
   * Makes a folder and those above it, where they are not there; one by way of a link is.
   *
   * @throws IOException if it cannot be made
   */
  public static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) { // Java 17 takes a link for something in the way.
      Files.createDirectories(folder);
    }
  }

  /**
   * What is in a folder; nothing if it is not there.
   *
   * @throws IOException if it cannot be read
   */
  public static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The path itself comes last, after all that is below it. */
  private static List<Path> entries(Path path) throws IOException {
    try (Stream<Path> entries = Files.walk(path)) {
      return entries.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
