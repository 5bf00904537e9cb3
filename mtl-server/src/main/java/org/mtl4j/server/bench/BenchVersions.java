package org.mtl4j.server.bench;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;

/** A folder of versions for a benchmark's server, all the same one. Closing deletes it. */
final class BenchVersions implements AutoCloseable {
  private final Path source;
  private final Path base;

  private BenchVersions(Path source, Path base) {
    this.source = source;
    this.base = base;
  }

  /** With version 1. */
  static BenchVersions of(BenchSetup setup) {
    try {
      Folders.make(setup.folder());
      BenchVersions versions =
          new BenchVersions(
              setup.version(), Files.createTempDirectory(setup.folder(), "mtl-bench-serve-"));
      versions.add(1);
      return versions;
    } catch (IOException e) {
      throw failure(setup.folder(), e);
    }
  }

  Path base() {
    return base;
  }

  /** Adds a version, whole from the moment it has its name. */
  void add(int number) {
    Path aside = base.resolve("copy-of-" + number);
    try {
      List<Path> paths;
      try (Stream<Path> found = Files.walk(source)) {
        paths = found.toList();
      }
      for (Path path : paths) {
        Path target = aside.resolve(source.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          linkOrCopy(path, target);
        }
      }
      Files.move(aside, base.resolve(String.valueOf(number)), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(base, e);
    }
  }

  private static void linkOrCopy(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, target);
    }
  }

  /** Takes a version away. */
  void remove(int number) {
    try {
      Folders.delete(base.resolve(String.valueOf(number)));
    } catch (IOException e) {
      throw failure(base, e);
    }
  }

  private static MtlException failure(Path path, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            path.toString(),
            "The benchmark's versions cannot be made or deleted there: " + e + ".",
            "Name a folder with room by --folder."),
        e);
  }

  @Override
  public void close() {
    try {
      Folders.delete(base);
    } catch (IOException e) {
      throw failure(base, e);
    }
  }
}
