package org.mtl4j.experiment.run;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Path;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;

/**
 * A finished run that another one begins from.
 *
 * @param identity which state of which run
 * @param transforms what it learnt of its rows
 * @param best its best state
 */
record SourceRun(Identity identity, RunTransforms transforms, Checkpoint best) {
  /**
   * What another run keeps of it, to begin in the same way or to go on without it.
   *
   * @param run its folder, as it was given
   * @param step that of its best state
   * @param checkpoint SHA-256 of that state's index, which has the check sum of its numbers
   * @param transforms SHA-256 of {@code transforms.bin}
   */
  record Identity(String run, long step, String checkpoint, String transforms) {}

  /**
   * Opens it; every byte of its best state is looked at.
   *
   * @throws MtlException USAGE if its model is a baseline; FILE_MISSING if there is no run, or it
   *     is not finished or of a release that kept no transforms; CHECKPOINT_INVALID or DATA_FORMAT
   *     if it is damaged
   */
  static SourceRun open(String folder) {
    Run run = Run.open(Path.of(folder));
    run.checkGraph();
    RunFiles files = run.files();
    CheckpointStore store = new CheckpointStore(files.checkpoints());
    long best =
        store
            .latest()
            .orElseThrow(
                () ->
                    new MtlException(
                        new Problem(
                            ErrorCode.CHECKPOINT_INVALID,
                            files.checkpoints().toString(),
                            "Expected the run's best checkpoint, found none.",
                            "Train the run again.")))
            .progress()
            .best()
            .step();
    RunTransforms transforms = RunTransforms.read(files);
    Checkpoint checkpoint = store.open(best);
    Path index = files.checkpoints().resolve("step-" + best).resolve("checkpoint.json");
    return new SourceRun(
        new Identity(folder, best, sha256(index), RunTransforms.sha256(files)),
        transforms,
        checkpoint);
  }

  private static String sha256(Path file) {
    try {
      return com.google.common.io.Files.asByteSource(file.toFile())
          .hash(Hashing.sha256())
          .toString();
    } catch (IOException e) {
      throw RunFiles.failure(file, e);
    }
  }
}
