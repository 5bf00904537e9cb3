package org.mtl4j.experiment.apply;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.serving.model.MtlModel;

/**
 * A trained model on disk, with what is known of its data.
 *
 * @param export the folder of the export
 * @param manifest what the export says of itself
 * @param data opens files for it
 */
public record ServedModel(Path export, ModelManifest manifest, RunData data) {
  /**
   * The newest export of a run; files are read as the run's were.
   *
   * @throws org.mtl4j.core.error.MtlException FILE_MISSING if the run is not finished
   */
  public static ServedModel of(Run run, Datasets datasets) {
    Path export = run.export();
    DataConfig data = dataOf(ConfigFile.readLeniently(run.files().experiment()));
    return new ServedModel(
        export, ManifestFile.read(export), new RunData(datasets, Optional.of(data)));
  }

  /** Nothing else of the experiment is needed. */
  private static DataConfig dataOf(ConfigFile experiment) {
    record Part(DataConfig data) {}
    return ConfigPart.bind(experiment, Part.class).data();
  }

  /**
   * An export by itself: its folder, or a folder that holds versions of it, of which the newest is
   * taken.
   *
   * @throws org.mtl4j.core.error.MtlException FILE_MISSING if there is no export
   */
  public static ServedModel of(Path folder, Datasets datasets) {
    OptionalInt version =
        Files.exists(folder.resolve(ModelManifest.FILE))
            ? OptionalInt.empty()
            : RunFiles.versions(folder);
    Path export =
        version.isPresent() ? folder.resolve(Integer.toString(version.getAsInt())) : folder;
    return new ServedModel(
        export, ManifestFile.read(export), new RunData(datasets, Optional.empty()));
  }

  /** Loads it; the caller closes it. */
  public MtlModel load() {
    return MtlModel.load(export);
  }

  /** The source columns that it reads. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    manifest.inputs().forEach(input -> columns.add(input.column()));
    return columns;
  }
}
