package org.mtl4j.core.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.MetricReport;

/**
 * Keeps numbers that are not finite out of checkpoints and metrics, and tells a run that diverged
 * where its last good state is.
 */
final class DivergenceGuard {
  private final TrainingSession session;
  private final CheckpointStore checkpoints;

  DivergenceGuard(TrainingSession session, CheckpointStore checkpoints) {
    this.session = session;
    this.checkpoints = checkpoints;
  }

  /**
   * Saves the session's state.
   *
   * @throws MtlException DIVERGED, and nothing is saved, if a number of it is not finite
   */
  void save(Progress progress) {
    checkpoints.save(new FiniteState(session.state(), progress.step()), progress);
  }

  /**
   * Judges the session's state.
   *
   * @param step the step that the session stands at
   * @throws MtlException what the judge throws; but DIVERGED, with the variable, if a number of the
   *     state is not finite: then that is why the judge could not do with its predictions
   */
  MetricReport judged(Supplier<MetricReport> judge, long step) {
    try {
      return judge.get();
    } catch (MtlException e) {
      checkState(step);
      throw e;
    }
  }

  private void checkState(long step) {
    try {
      new FiniteState(session.state(), step).check();
    } catch (IOException e) {
      throw new UncheckedIOException("a session's state is read from memory", e);
    }
  }

  /** The failure itself, or if it is a divergence, with the last good checkpoint. */
  MtlException explained(MtlException failure) {
    if (failure.code() != ErrorCode.DIVERGED) {
      return failure;
    }
    long step = checkpoints.latestStep();
    String last =
        step == 0
            ? "there is no checkpoint yet"
            : "the last good checkpoint is that of step " + step + ", " + checkpoints.folder(step);
    Problem problem = failure.problems().get(0);
    return new MtlException(
        new Problem(
            problem.code(),
            problem.where(),
            problem.what(),
            problem.remedy() + " Nothing of it was saved: " + last + "."),
        failure);
  }
}
