package org.mtl4j.experiment.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.training.Folders;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.serving.model.MtlModel;

/**
 * A folder of versions ({@code BASE/1}, {@code BASE/2}, ...) as servers watch it: a version is
 * copied aside, loaded once to see that it works, and takes its number in one step.
 *
 * @param base the folder
 */
public record ExportFolder(Path base) {
  /**
   * Adds an export as the next version.
   *
   * @return the folder of the version
   * @throws MtlException IO if it cannot be copied, EXPORT_INVALID if the copy does not load
   */
  public Path add(Path export) {
    Path target = base.resolve(Integer.toString(RunFiles.versions(base).orElse(0) + 1));
    Path unfinished = base.resolve(".unfinished-" + target.getFileName());
    try {
      copy(export, unfinished);
      MtlModel.load(unfinished).close();
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw failure(target, e);
    } finally {
      deleteQuietly(unfinished);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Folders.delete(to);
    Files.createDirectories(to.toAbsolutePath().getParent());
    for (Path path : entries(from)) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.sorted().toList();
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // It has a name that no server reads; the next version clears it away.
    }
  }

  private static MtlException failure(Path target, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            target.toString(),
            "The export cannot be copied there: " + e + ".",
            "Check that there is room and that you may write to the folder."),
        e);
  }
}
