package org.mtl4j.experiment.apply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.run.OutputFolder;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.FusionOrder;

/**
 * A folder of versions ({@code BASE/1}, {@code BASE/2}, ...) as servers watch it: a version is
 * copied aside, loaded once to see that it works, and takes its number in one step.
 *
 * @param base the folder
 */
public record ExportFolder(Path base) {
  /**
   * What a copy of an export holds.
   *
   * @param warmUp whether the requests to warm up with, which are rows of the training data
   * @param fusion the file of {@code mtl fuse} by which the copy is to rank where nobody says
   */
  public record Content(boolean warmUp, Optional<Path> fusion) {}

  /**
   * Adds an export as the next version. One process adds at a time.
   *
   * @param content what of it
   * @param warnings takes a sentence if the file system has no locks
   * @return the folder of the version
   * @throws MtlException IO if it cannot be copied, EXPORT_INVALID if the copy does not load,
   *     OUTPUT_FOLDER if another process adds just now; as {@link FusionOrder#of} for a fusion that
   *     is none for the export
   */
  public Path add(Path export, Content content, Consumer<String> warnings) {
    content.fusion().ifPresent(file -> FusionOrder.of(file, ManifestFile.read(export)));
    try (OutputFolder folder = OutputFolder.take(base, OutputFolder.Use.EXPORT, warnings)) {
      return add(export, content, folder);
    }
  }

  private static Path add(Path export, Content content, OutputFolder folder) {
    Path base = folder.path();
    Path target = base.resolve(Integer.toString(RunFiles.versions(base).orElse(0) + 1));
    Unfinished unfinished = new Unfinished(target);
    try {
      copy(export, unfinished.path());
      change(unfinished.path(), content);
      MtlModel.load(unfinished.path()).close();
      unfinished.finish();
      return target;
    } catch (IOException e) {
      throw failure(target, e);
    } finally {
      unfinished.drop();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Folders.delete(to);
    Folders.make(to.toAbsolutePath().getParent());
    for (Path path : entries(from)) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  /** The sums of all other files stay as they are, so that damage is found when it is loaded. */
  private static void change(Path export, Content content) throws IOException {
    ModelManifest manifest = ManifestFile.read(export);
    Map<String, ModelManifest.FileSum> files = new TreeMap<>(manifest.files());
    if (!content.warmUp() && files.remove(ExportFiles.WARM_UP) != null) {
      Folders.delete(export.resolve(ExportFiles.WARM_UP).getParent());
    }
    if (content.fusion().isPresent()) {
      String fusion = FusionFile.read(content.fusion().get()).json();
      Files.writeString(export.resolve(ExportFiles.FUSION), fusion, StandardCharsets.UTF_8);
      files.put(ExportFiles.FUSION, ExportFiles.sumOf(export, ExportFiles.FUSION));
    }
    if (!files.equals(manifest.files())) {
      ManifestFile.write(export, manifest.withFiles(files));
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.sorted().toList();
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
