package org.mtl4j.experiment.apply;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.HashIds;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.run.Provenance;
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
    return of(run, run.export(), datasets);
  }

  /** Another export of a run. */
  static ServedModel of(Run run, Path export, Datasets datasets) {
    DataConfig data = dataOf(ConfigFile.readLeniently(run.files().experiment()));
    ModelManifest manifest = ManifestFile.read(export);
    data.hashIds().ifPresent(ids -> checkSalt(ids, manifest));
    return new ServedModel(export, manifest, new RunData(datasets, Optional.of(data)));
  }

  /** With another salt every id would be an unknown one, and nobody would be told. */
  private static void checkSalt(HashIds ids, ModelManifest manifest) {
    if (!ids.pseudonyms().check().equals(manifest.provenance().get(Provenance.HASH_CHECK))) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "data.hash_ids.salt",
              "Expected the salt that the model was trained with, found another one.",
              "Set the variable to the value that it had then."));
    }
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

  /** What to know where no run says how ids become the pseudonyms that the model knows. */
  List<String> pseudonymsExpected() {
    String columns = manifest.provenance().get(Provenance.HASHED);
    return columns == null || !data.pseudonyms().isEmpty()
        ? List.of()
        : List.of(
            columns
                + ": the model knows pseudonyms in place of ids, and takes what is given for them;"
                + " --run RUN makes them of ids");
  }

  /** The source columns that it reads. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    manifest.inputs().forEach(input -> columns.add(input.column()));
    return columns;
  }
}
