package org.mtl4j.data.source;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.NearestFile;
import org.mtl4j.core.error.Problem;

/** The files that a source's {@code path} names: found, opened and hashed. */
public final class DataFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  private DataFiles() {}

  /**
   * The files that a list of names and globs stands for, each once, in the order of their names.
   *
   * @throws MtlException FILE_MISSING for every name that is no file and every glob that fits none
   */
  public static List<Path> find(List<String> names) {
    TreeSet<Path> files = new TreeSet<>();
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      try {
        List<Path> found = Files.isRegularFile(Path.of(name)) ? List.of(Path.of(name)) : glob(name);
        files.addAll(found);
        if (found.isEmpty()) {
          problems.add(missing(name));
        }
      } catch (InvalidPathException | PatternSyntaxException e) {
        problems.add(unreadable(name, e));
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return List.copyOf(files);
  }

  private static Problem unreadable(String name, IllegalArgumentException e) {
    String complaint =
        e instanceof InvalidPathException path
            ? path.getReason()
            : "its brackets, braces or backslashes do not fit together";
    return new Problem(
        ErrorCode.FILE_MISSING,
        Excerpt.of(name),
        "This is neither a path nor a pattern: " + complaint + ".",
        "A pattern knows *, ?, [abc] and {one,two}; a backslash takes their meaning.");
  }

  /**
   * The file's bytes, unpacked if its name says so; the stream can be reset.
   *
   * @throws IOException if it cannot be read; {@link #failure} says why
   */
  public static InputStream open(Path file) throws IOException {
    return open(file, Packing.of(file));
  }

  /** The file's bytes, unpacked as is said; the stream can be reset. */
  static InputStream open(Path file, Optional<Packing> packing) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      InputStream unpacked =
          packing.isPresent()
              ? new ExpansionLimit(packing.get().unpack(bytes), Files.size(file))
              : bytes;
      return new BufferedInputStream(unpacked, BUFFER_BYTES);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** Why a file cannot be read. */
  public static MtlException failure(Path file, IOException e) {
    return failure(file, Packing.of(file), e);
  }

  /** Why a file cannot be read that was to be unpacked as is said. */
  static MtlException failure(Path file, Optional<Packing> packing, IOException e) {
    if (packing.isPresent() && Packing.isDamage(e)) {
      return new MtlException(damaged(file, packing.get(), e), e);
    }
    if (e instanceof ExpansionLimit.TooLargeException) {
      return new MtlException(tooLarge(file, e), e);
    }
    return new MtlException(
        e instanceof AccessDeniedException
            ? new Problem(
                ErrorCode.IO,
                file.toString(),
                "Expected a file that may be read, found that the permission is denied.",
                "Ask its owner for it, or run chmod u+r on it.")
            : new Problem(
                ErrorCode.IO,
                file.toString(),
                "The file cannot be read: " + e + ".",
                "Check the disk or the mount that it is on, and run again."),
        e);
  }

  /** For readers that are not ours: their own message would not name the cause. */
  static void checkReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw failure(file, new AccessDeniedException(file.toString()));
    }
  }

  private static Problem damaged(Path file, Packing packing, IOException e) {
    boolean cut = Packing.isCutOff(e);
    return new Problem(
        ErrorCode.DATA_FORMAT,
        file.toString(),
        "Expected what %s has packed, as the %s, found %s."
            .formatted(
                packing.program(),
                Packing.of(file).isPresent()
                    ? "name ends in " + packing.ending()
                    : "first bytes say",
                cut ? "that the file is cut off" : "something else: " + e.getMessage()),
        cut
            ? "Fetch or pack it again."
            : "Fetch it again if it is damaged, or rename it if it is not packed.");
  }

  private static Problem tooLarge(Path file, IOException e) {
    return new Problem(
        ErrorCode.DATA_FORMAT,
        file.toString(),
        String.format(
            Locale.ROOT,
            "Expected at most %,d bytes to unpack from each one, or %,d in all, found %s.",
            ExpansionLimit.RATIO,
            ExpansionLimit.FREE_BYTES,
            e.getMessage()),
        "Such a file is mostly made to fill a disk; if you trust it, unpack it yourself and name"
            + " the unpacked file.");
  }

  /**
   * The fingerprint of a source: over the files' bytes in their order and how they are read, and
   * not over the files' names.
   *
   * @param settings what the rows depend on besides
   * @return in hexadecimal
   */
  public static String fingerprint(String settings, List<Path> files) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putString(settings, StandardCharsets.UTF_8);
    for (Path file : files) {
      hasher.putBytes(sha256(file));
    }
    return hasher.hash().toString();
  }

  /** The SHA-256 of the file's bytes as they are on disk. */
  public static byte[] sha256(Path file) {
    Hasher hasher = Hashing.sha256().newHasher();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        hasher.putBytes(buffer, 0, count);
      }
    } catch (IOException e) {
      throw failure(file, e);
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
    } catch (UncheckedIOException e) {
      throw failure(root, e.getCause());
    } catch (IOException e) {
      throw failure(root, e);
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
    if (Files.exists(path)) {
      return new Problem(
          ErrorCode.FILE_MISSING,
          name,
          "Expected a regular file, found a pipe or a device: data is read more than once.",
          "Write it to a file first.");
    }
    String what =
        isGlob(name) ? "No file fits this pattern" : "There is no such file (paths are relative)";
    return new Problem(
        ErrorCode.FILE_MISSING,
        name,
        what + "; the current directory is " + here + ".",
        NearestFile.hint(
            path, "Check data.source.path, or run the command from the folder it is meant from."));
  }
}
