package org.mtl4j.experiment.apply;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.HashIds;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Provenance;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.serving.model.MtlModel;

/**
 * A trained model on disk, with what is known of its data.
 *
 * @param folder of the export, or of a run's baseline
 * @param manifest what it says of itself
 * @param data opens files for it
 * @param loader loads it
 */
public record ServedModel(
    Path folder, ModelManifest manifest, RunData data, Supplier<Predictor> loader) {
  /**
   * The newest export of a run, or its baseline; files are read as the run's were.
   *
   * @throws org.mtl4j.core.error.MtlException FILE_MISSING if the run is not finished
   */
  public static ServedModel of(Run run, ExperimentService service) {
    return of(run, run.served(), () -> service.predictor(run), service.datasets());
  }

  /** Another export of a run. */
  static ServedModel of(Run run, Path export, Datasets datasets) {
    return of(run, export, () -> MtlModel.load(export), datasets);
  }

  private static ServedModel of(
      Run run, Path folder, Supplier<Predictor> loader, Datasets datasets) {
    DataConfig data = dataOf(ConfigFile.readLeniently(run.files().experiment()));
    ModelManifest manifest = ManifestFile.read(folder);
    data.hashIds().ifPresent(ids -> checkSalt(ids, manifest));
    return new ServedModel(folder, manifest, new RunData(datasets, Optional.of(data)), loader);
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
    ModelManifest manifest = ManifestFile.read(export);
    if (manifest.certificate().rows() == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.EXPORT_INVALID,
              export.toString(),
              "Expected an export, found what a run fitted without a graph, which nothing loads but the run.",
              "Take --run with the run's folder, the one that has this folder."));
    }
    return new ServedModel(
        export, manifest, new RunData(datasets, Optional.empty()), () -> MtlModel.load(export));
  }

  /** Loads it; the caller closes it. */
  public Predictor load() {
    return loader.get();
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
