package org.mtl4j.data.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.DataFiles;

/** Finds a set's files in what {@code path} names. Any of them may be packed by gzip. */
final class DatasetFolder {
  private static final int DEPTH = 4;
  private static final String GZIP = ".gz";

  private DatasetFolder() {}

  /**
   * The files with the set's rows. A folder stands for those of the given names in it, or below it
   * where archives put them, each once if it is there packed and unpacked; anything else is a file
   * or a glob.
   *
   * @param set its name
   * @param path folders, files and globs
   * @param names of files with rows, as regular expressions without the ending {@code .gz}
   * @throws MtlException FILE_MISSING if nothing is found
   */
  static List<Path> rows(String set, List<String> path, List<String> names) {
    List<Path> files = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String name : path) {
      if (isFolder(name)) {
        List<Path> found = below(Path.of(name), names);
        if (found.isEmpty()) {
          throw missing(set, name, names);
        }
        files.addAll(found);
      } else {
        others.add(name);
      }
    }
    if (!others.isEmpty()) {
      files.addAll(DataFiles.find(others));
    }
    return files;
  }

  /**
   * The first of a table's files, beside which stands what is joined with the rows of all.
   *
   * @throws MtlException DATA_FORMAT if they are of several folders: the set's, twice or in two
   *     editions whose users differ
   */
  static Path firstOfOneFolder(String set, List<Path> files) {
    Path first = files.get(0);
    for (Path file : files) {
      if (!file.toAbsolutePath()
          .resolveSibling("")
          .equals(first.toAbsolutePath().resolveSibling(""))) {
        throw mixed(set, first, file);
      }
    }
    return first;
  }

  /** Two files that are not of one table. */
  static MtlException mixed(String set, Path first, Path other) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            other.toString(),
            "Expected rows of one edition of " + set + ", found those of " + first + " too.",
            "Name the folder of one of them in data.source.path."));
  }

  /** A file of another name beside one, packed or not. */
  static Optional<Path> beside(Path file, String name) {
    return Stream.of(name, name + GZIP)
        .map(file::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** A file's name without the ending of gzip. */
  static String name(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
  }

  private static boolean isFolder(String name) {
    try {
      return Files.isDirectory(Path.of(name));
    } catch (InvalidPathException e) {
      return false; // A glob.
    }
  }

  private static List<Path> below(Path folder, List<String> names) {
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> names.stream().anyMatch(name(file)::matches))
          .filter(file -> beside(file, name(file)).equals(Optional.of(file)))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw DataFiles.failure(folder, e.getCause());
    } catch (IOException e) {
      throw DataFiles.failure(folder, e);
    }
  }

  private static MtlException missing(String set, String folder, List<String> names) {
    String expected = String.join(" or ", names).replace("\\", "").replace(".*", "*");
    return new MtlException(
        new Problem(
            ErrorCode.FILE_MISSING,
            folder,
            "Expected the data set " + set + ", found no file " + expected + " in the folder.",
            "Check data.source.path, or fetch the set: mtl datasets get "
                + set
                + " --to "
                + folder
                + "."));
  }

  /**
   * Checks the key {@code path}.
   *
   * @throws IllegalArgumentException if it names nothing
   */
  static List<String> checked(List<String> path) {
    if (path == null || path.isEmpty() || path.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("path: expected a folder or files, found " + path);
    }
    return List.copyOf(path);
  }
}
