package org.mtl4j.data.source;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/** The files that a source's {@code path} names: found, opened and hashed. */
final class DataFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  private DataFiles() {}

  /**
   * The files that a list of names and globs stands for, each once, in the order of their names.
   *
   * @throws MtlException FILE_MISSING for every name that is no file and every glob that fits none
   */
  static List<Path> find(List<String> names) {
    TreeSet<Path> files = new TreeSet<>();
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      List<Path> found = Files.isRegularFile(Path.of(name)) ? List.of(Path.of(name)) : glob(name);
      files.addAll(found);
      if (found.isEmpty()) {
        problems.add(missing(name));
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return List.copyOf(files);
  }

  /** The file's bytes, unpacked if its name ends in {@code .gz}. */
  static InputStream open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      return file.toString().endsWith(".gz")
          ? new GZIPInputStream(bytes, BUFFER_BYTES)
          : new BufferedInputStream(bytes, BUFFER_BYTES);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The SHA-256 of the file's bytes as they are on disk. */
  static byte[] sha256(Path file) {
    Hasher hasher = Hashing.sha256().newHasher();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        hasher.putBytes(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new MtlException(
          Problem.of(ErrorCode.IO, file.toString(), "The file cannot be read: " + e + "."), e);
    }
    return hasher.hash().asBytes();
  }

  private static List<Path> glob(String glob) {
    if (!isGlob(glob)) {
      return List.of();
    }
    Path fixed = Path.of("");
    int depth = 0;
    for (Path part : Path.of(glob)) {
      if (depth == 0 && !isGlob(part.toString())) {
        fixed = fixed.resolve(part);
      } else {
        depth++;
      }
    }
    Path root = Path.of(glob).isAbsolute() ? Path.of(glob).getRoot().resolve(fixed) : fixed;
    return matching(root, glob, glob.contains("**") ? Integer.MAX_VALUE : depth);
  }

  private static List<Path> matching(Path root, String glob, int depth) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files =
        Files.find(root, depth, (path, what) -> what.isRegularFile() && matcher.matches(path))) {
      return files.toList();
    } catch (IOException e) {
      throw new MtlException(
          Problem.of(ErrorCode.IO, root.toString(), "The folder cannot be listed: " + e + "."), e);
    }
  }

  private static boolean isGlob(String name) {
    return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static Problem missing(String name) {
    Path path = Path.of(name);
    Path here = Path.of("").toAbsolutePath();
    if (Files.isDirectory(path)) {
      return new Problem(
          ErrorCode.FILE_MISSING,
          name,
          "Expected a file, found a folder.",
          "Name the files in it, say \"" + name + "/*.csv\".");
    }
    String what =
        isGlob(name) ? "No file fits this pattern" : "There is no such file (paths are relative)";
    return new Problem(
        ErrorCode.FILE_MISSING,
        name,
        what + "; the current directory is " + here + ".",
        sibling(path)
            .map(near -> "Did you mean \"" + near + "\"?")
            .orElse(
                "Check data.source.path, or run the command from the folder it is meant from."));
  }

  private static Optional<String> sibling(Path path) {
    Path folder = path.getParent() == null ? Path.of("") : path.getParent();
    if (!Files.isDirectory(folder) || path.getFileName() == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      return Nearest.of(path.getFileName().toString(), names)
          .map(near -> folder.resolve(near).toString());
    } catch (IOException e) {
      return Optional.empty(); // A hint is no reason for another failure.
    }
  }
}
