package org.mtl4j.core.file;

import java.io.File;
import java.io.IOException;
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

  /** Deletes a file or a folder with all that is in it; nothing if it is not there. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path entry : entries(path)) {
      Files.delete(entry);
    }
  }

  /**
   * Forces a file, or a folder with all that is in it, to the disk: after a power cut it is there
   * as it is now. The name itself is the parent folder's matter.
   */
  public static void force(Path path) throws IOException {
    for (Path entry : entries(path)) {
      forceOne(entry);
    }
  }

  /** Forces a file's bytes, or a folder's names, to the disk. */
  static void forceOne(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && File.separatorChar == '\\') {
      return; // Windows opens no folders, and writes their names through.
    }
    StandardOpenOption how = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** The path itself comes last, after all that is below it. */
  private static List<Path> entries(Path path) throws IOException {
    try (Stream<Path> entries = Files.walk(path)) {
      return entries.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
