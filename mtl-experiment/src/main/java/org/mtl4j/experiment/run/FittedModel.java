package org.mtl4j.experiment.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ManifestParts;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.BaselinePredictor;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.TaskPredictor;

/**
 * A fitted baseline in a run's folder: a file a task and the manifest that an export would have, so
 * that whatever reads a run's outputs and inputs finds them in one way. The transforms are those of
 * {@code transforms.bin}.
 *
 * @param files of the run
 */
record FittedModel(RunFiles files) {
  private static final String SUFFIX = ".bin";

  /**
   * What the manifest says besides tasks and features.
   *
   * @param outputs in order
   * @param provenance of the numbers
   */
  record Meaning(List<OutputSpec> outputs, Map<String, String> provenance) {}

  /** Whether it is there whole, and of these numbers, whatever release fitted it. */
  boolean isOf(String origin) {
    try {
      ModelManifest manifest = ManifestFile.read(files.model());
      ExportFiles.check(files.model(), manifest);
      return origin.equals(manifest.provenance().get(Provenance.ORIGIN));
    } catch (MtlException e) {
      if (e.code() != ErrorCode.EXPORT_INVALID && e.code() != ErrorCode.FILE_MISSING) {
        throw e;
      }
      return false;
    }
  }

  /** Writes it, in place of one that is there. */
  void write(
      ExperimentPlan plan, LearntData learnt, Map<String, TaskPredictor> tasks, Meaning meaning) {
    Unfinished unfinished = new Unfinished(files.model());
    try {
      files.unfinish();
      Folders.delete(files.model());
      Folders.delete(unfinished.path());
      Folders.make(unfinished.path());
      for (Map.Entry<String, TaskPredictor> task : tasks.entrySet()) {
        Path file = unfinished.path().resolve(task.getKey() + SUFFIX);
        try (DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
          task.getValue().write(out);
        }
      }
      ManifestFile.write(
          unfinished.path(),
          new ModelManifest(
              ModelManifest.FORMAT,
              plan.config().name(),
              meaning.provenance().get("mtl4j"),
              ManifestParts.inputs(learnt.pipeline()),
              ManifestParts.served(learnt.pipeline()),
              meaning.outputs().stream().map(o -> ManifestParts.output(o, null)).toList(),
              Explanation.NONE,
              Lookups.specs(plan.config().data().lookups(), learnt.replay().columns()),
              meaning.provenance(),
              new ModelManifest.Certificate(0, 0),
              ExportFiles.sums(unfinished.path())));
      unfinished.finish();
    } catch (IOException e) {
      throw RunFiles.failure(files.model(), e);
    } finally {
      unfinished.drop();
    }
  }

  /**
   * Reads it.
   *
   * @throws MtlException FILE_MISSING or EXPORT_INVALID if it is not there, or not as it was
   *     written
   */
  BaselinePredictor read(Baseline baseline) {
    ModelManifest manifest = ManifestFile.read(files.model());
    ExportFiles.check(files.model(), manifest);
    RunTransforms transforms = RunTransforms.read(files);
    Map<String, TaskPredictor> tasks = new LinkedHashMap<>();
    for (ModelManifest.Output output : manifest.outputs()) {
      Path file = files.model().resolve(output.name() + SUFFIX);
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        tasks.put(output.name(), baseline.read(transforms.pipeline(), in));
      } catch (IOException e) {
        throw damaged(file, e);
      }
    }
    return new BaselinePredictor(transforms.pipeline(), tasks);
  }

  private static MtlException damaged(Path file, IOException cause) {
    return new MtlException(
        new Problem(
            ErrorCode.EXPORT_INVALID,
            file.toString(),
            "Expected a fitted task, found something else: " + cause.getMessage() + ".",
            "Go on with mtl train EXPERIMENT.yaml --output RUN --resume, which fits it again."),
        cause);
  }
}
