package org.mtl4j.experiment.run;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.StateTransfer;
import org.mtl4j.data.cache.CheckedFile;
import org.mtl4j.data.codec.Codec;
import org.mtl4j.data.codec.Codecs;

/**
 * What a run learnt of its training rows, as {@code transforms.bin} keeps it beside the
 * checkpoints: without it nobody could tell which token a row of a table belongs to. The file
 * carries the structure of what is in it, so that a later release reads it as long as it has not
 * changed that, and says so otherwise.
 *
 * @param pipeline the fitted features: vocabularies, scales, cuts
 * @param tasks the fitted tasks: scales and classes of labels
 */
public record RunTransforms(FeaturePipeline pipeline, List<FittedTask> tasks) {
  /** Copies the list. */
  public RunTransforms {
    tasks = List.copyOf(tasks);
  }

  /** What is written. */
  private record Stored(KeptState.Inputs inputs, List<FittedTask> tasks) {}

  static RunTransforms of(LearntData learnt) {
    return new RunTransforms(learnt.pipeline(), learnt.tasks());
  }

  /** What rows of tables are matched by. */
  public StateTransfer.Learnt learnt() {
    return new StateTransfer.Learnt(pipeline, tasks);
  }

  /** Writes the run's file, unless it holds the same already. */
  void write(RunFiles files) {
    Unfinished unfinished = new Unfinished(files.transforms());
    Codecs codecs = KeptState.codecs();
    Codec<Stored> codec = codecs.of(Stored.class);
    try {
      Folders.make(files.folder());
      CheckedFile.write(
          unfinished.path(),
          out -> {
            codecs.of(String.class).write(codecs.structure(Stored.class), out);
            codec.write(new Stored(KeptState.Inputs.of(pipeline), tasks), out);
          });
    } catch (IOException e) {
      unfinished.drop();
      throw RunFiles.failure(files.transforms(), e);
    }
    files.change(unfinished);
  }

  /**
   * Reads a run's file.
   *
   * @throws MtlException FILE_MISSING if there is none, DATA_FORMAT if it is damaged or of a
   *     release whose transforms are others
   */
  public static RunTransforms read(RunFiles files) {
    Path file = files.transforms();
    if (!Files.exists(file)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              file.toString(),
              "Expected what the run learnt of its training rows, found no such file: the run is of"
                  + " an earlier release, or has not begun.",
              "Go on with mtl train EXPERIMENT.yaml --output RUN --resume, which writes it."));
    }
    Codecs codecs = KeptState.codecs();
    Codec<Stored> codec = codecs.of(Stored.class);
    try {
      return CheckedFile.read(
          file,
          in -> {
            String written = codecs.of(String.class).read(in);
            Optional<String> other = codecs.unreadable(written, Stored.class);
            if (other.isPresent()) {
              throw new IOException("it is of another release, which had " + other.get());
            }
            Stored stored = codec.read(in);
            return new RunTransforms(stored.inputs().pipeline(), stored.tasks());
          });
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              file.toString(),
              "Expected what the run learnt of its training rows, found something else: %s."
                  .formatted(e.getMessage()),
              "Train the run again, or with its data still there go on with mtl train"
                  + " EXPERIMENT.yaml --output RUN --resume, which writes it anew."),
          e);
    }
  }

  /** The SHA-256 of a run's file, by which encoded rows tell which transforms made them. */
  static String sha256(RunFiles files) {
    try {
      HashCode hash =
          com.google.common.io.Files.asByteSource(files.transforms().toFile())
              .hash(Hashing.sha256());
      return hash.toString();
    } catch (IOException e) {
      throw RunFiles.failure(files.transforms(), e);
    }
  }
}
