package org.mtl4j.server.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.execution.Origin;
import org.mtl4j.server.version.VersionFolder;
import org.mtl4j.server.warmup.WarmUpFile;
import org.mtl4j.server.warmup.WarmUpRequest;
import org.mtl4j.server.watch.InputWatch;
import org.mtl4j.server.watch.WatchRules;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.serving.tensor.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads SavedModels and has them answer the requests of their warm-up files. Of an export of ours
 * each file is checked first to be as it was written.
 */
public final class SavedModelLoader implements ServableLoader {
  private static final Logger LOG = LoggerFactory.getLogger("org.mtl4j.server.models");

  private final Options options;
  private final WarmUps listener;

  /** Whose requests are computed together. */
  public enum Batching {
    /** Those for exports of ours, whose rows are known to have no say in each other's outputs. */
    AUTO,
    /** Those for any model. */
    ON,
    /** None. */
    OFF;

    /**
     * The one of that name, in small letters.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Batching of(String name) {
      for (Batching batching : values()) {
        if (batching.name().toLowerCase(Locale.ROOT).equals(name)) {
          return batching;
        }
      }
      throw new IllegalArgumentException(
          "batching: expected auto, on or off, found \"" + name + "\"");
    }
  }

  /**
   * How versions are loaded.
   *
   * @param batching whose requests are computed together
   * @param recommending what exports of ours recommend with besides themselves
   * @param watch how the values of requests are watched
   * @param manifestRequired whether a version is served only if it is an export of ours as it was
   *     written, with nothing beside it
   */
  public record Options(
      Batching batching, Recommending recommending, WatchRules watch, boolean manifestRequired) {
    /**
     * Batches for exports of ours, nothing to recommend with, a watch that refuses nothing, any
     * SavedModel.
     */
    public static final Options DEFAULT =
        new Options(Batching.AUTO, Recommending.NONE, WatchRules.DEFAULT, false);
  }

  /** Who is told of warm-ups. */
  @FunctionalInterface
  public interface WarmUps {
    /**
     * A version has answered its requests, if it had any and could.
     *
     * @param folder the model's, without the version: those of versions are any number
     * @param nanos how long it took
     * @param succeeded whether it could
     */
    void warmedUp(String folder, long nanos, boolean succeeded);
  }

  /**
   * A loader.
   *
   * @param options how versions are loaded
   * @param listener who is told of warm-ups
   */
  public SavedModelLoader(Options options, WarmUps listener) {
    this.options = options;
    this.listener = listener;
  }

  @Override
  public Servable load(String model, VersionFolder version) {
    try {
      return load(version.folder(), new Origin(model, version.version(), ""));
    } catch (OutOfMemoryError e) {
      throw new MtlException(
          new Problem(
              ErrorCode.MEMORY,
              version.folder().toString(),
              "There is not enough memory for another version.",
              "Give the process more, or Java's heap less."),
          e);
    }
  }

  private Servable load(Path folder, Origin origin) {
    Optional<ModelManifest> manifest = manifest(folder);
    boolean byRows =
        options.batching() == Batching.ON
            || (options.batching() == Batching.AUTO && manifest.isPresent());
    SavedModel model = SavedModel.load(folder);
    Servable servable;
    try {
      model
          .refusedSignatures()
          .forEach((name, reason) -> LOG.warn("{}: {} is not served: {}", folder, name, reason));
      servable =
          new SavedModelServable(
              model, manifest.map(m -> ours(origin.model(), model, folder, m)), byRows, origin);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
    long start = System.nanoTime();
    boolean warm = false;
    try {
      WarmUpFile file = new WarmUpFile(folder);
      file.forEach(request -> answer(file, request, servable));
      warm = true;
      return servable;
    } finally {
      listener.warmedUp(String.valueOf(folder.getParent()), System.nanoTime() - start, warm);
      if (!warm) {
        servable.close();
      }
    }
  }

  private SavedModelServable.Ours ours(
      String name, SavedModel model, Path folder, ModelManifest manifest) {
    return new SavedModelServable.Ours(
        manifest,
        new InputWatch(folder, manifest, options.watch(), InstantSource.system()),
        new ServedRanker(MtlModel.of(model, folder, manifest), name, options.recommending()));
  }

  private Optional<ModelManifest> manifest(Path folder) {
    if (options.manifestRequired()) {
      return Optional.of(ExportFiles.verify(folder));
    }
    if (Files.notExists(folder.resolve(ModelManifest.FILE))) {
      return Optional.empty();
    }
    ModelManifest manifest = ManifestFile.read(folder);
    ExportFiles.check(folder, manifest);
    return Optional.of(manifest);
  }

  private static void answer(WarmUpFile file, WarmUpRequest request, Servable servable) {
    try {
      Signature signature = servable.signatures().get(request.signature());
      if (signature == null) {
        throw new IllegalArgumentException(
            "expected one of the signatures %s, found \"%s\""
                .formatted(servable.signatures().keySet(), request.signature()));
      }
      Collection<String> outputs =
          request.outputs().isEmpty() ? signature.outputs().keySet() : request.outputs();
      servable.computation(request.signature()).run(request.inputs(), outputs);
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.EXPORT_INVALID,
              file.path() + ", record " + request.record(),
              "The model does not answer the request to warm up with: " + e.getMessage() + ".",
              "Write the file with requests for this version, or delete it."),
          e);
    }
  }
}
