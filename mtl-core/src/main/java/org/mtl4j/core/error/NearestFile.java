package org.mtl4j.core.error;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the file that a mistyped path most likely meant. */
public final class NearestFile {
  private NearestFile() {}

  /** The file of the same folder whose name is near enough to be a slip of the fingers. */
  public static Optional<Path> of(Path path) {
    Path folder = path.getParent() == null ? Path.of("") : path.getParent();
    if (!Files.isDirectory(folder) || path.getFileName() == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
      return Nearest.of(path.getFileName().toString(), names).map(folder::resolve);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // A hint is no reason for another failure.
    }
  }

  /** A sentence such as {@code Did you mean "a/train.csv"?}; another if no file is near. */
  public static String hint(Path path, String otherwise) {
    return of(path).map(near -> "Did you mean \"" + near + "\"?").orElse(otherwise);
  }
}
