package org.mtl4j.experiment.tune;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.ForwardingListener;
import org.mtl4j.experiment.run.MemoryGate;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.experiment.run.TrainOptions;

/**
 * Trains trials, each up to an epoch. Their data are made ready one after the other: the first
 * fills the cache from which the others take the same rows, and what is learnt of data may take
 * half of the heap once.
 */
final class TrialRunner {
  /** What is wrong with one trial and not with the next. */
  private static final Set<ErrorCode> OF_A_TRIAL =
      EnumSet.of(
          ErrorCode.DIVERGED,
          ErrorCode.MEMORY,
          ErrorCode.CONFIG_VALUE,
          ErrorCode.UNKNOWN_NAME, // A pattern of training.groups matches nothing of this model.
          ErrorCode.NO_ROWS,
          ErrorCode.ONE_CLASS);

  private final ExperimentService service;
  private final boolean lint;
  private final MemoryGate memory;
  private final TuningListener listener;
  private final BooleanSupplier stop;
  private final Semaphore reading = new Semaphore(1);

  /**
   * A runner.
   *
   * @param stop whether trials are to save and stop
   */
  TrialRunner(
      ExperimentService service,
      boolean lint,
      MemoryGate memory,
      TuningListener listener,
      BooleanSupplier stop) {
    this.service = service;
    this.lint = lint;
    this.memory = memory;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Trains.
   *
   * @param files of the trial's run, which goes on if it has begun
   * @param until the epoch to train to
   * @return empty if it was stopped before
   * @throws MtlException for what would be wrong with any trial
   */
  Optional<TrialOutcome> run(Trial trial, ExperimentPlan plan, RunFiles files, int until) {
    reading.acquireUninterruptibly();
    if (stop.getAsBoolean()) {
      reading.release();
      return Optional.empty();
    }
    Watch watch = new Watch(listener.begin(trial, until), until);
    try {
      TrainOptions options = new TrainOptions(files.folder(), true, lint, memory);
      Run run = service.train(plan, options, watch);
      return outcome(trial, run, until);
    } catch (MtlException e) {
      if (!OF_A_TRIAL.contains(e.code())) {
        throw e;
      }
      int epochs = TrialHistory.read(files).trained();
      return Optional.of(
          new TrialOutcome(
              trial.number(),
              TrialOutcome.Status.FAILED,
              epochs,
              Map.of(),
              Optional.of(e.code() + ": " + e.problems().get(0).what())));
    } finally {
      watch.haveRead();
    }
  }

  private static Optional<TrialOutcome> outcome(Trial trial, Run run, int until) {
    TrialHistory history = TrialHistory.read(run.files());
    boolean finished = run.status() == Run.Status.FINISHED;
    if (!finished && history.trained() < until) {
      return Optional.empty();
    }
    return Optional.of(
        new TrialOutcome(
            trial.number(),
            finished ? TrialOutcome.Status.FINISHED : TrialOutcome.Status.WAITING,
            history.trained(),
            kept(run, history).map(TrialHistory.Epoch::validation).orElse(Map.of()),
            Optional.empty()));
  }

  /** As the run's checkpoint has it: by Pareto dominance an earlier state may become the best. */
  private static Optional<TrialHistory.Epoch> kept(Run run, TrialHistory history) {
    return new CheckpointStore(run.files().checkpoints())
        .latest()
        .flatMap(checkpoint -> history.endingAt(checkpoint.progress().best().step()));
  }

  /** Stops a run at its epoch, and lets the next one read once this has its data. */
  private final class Watch extends ForwardingListener {
    private final int until;
    private boolean read;

    Watch(ExperimentListener told, int until) {
      super(told);
      this.until = until;
    }

    @Override
    public void onData(Map<String, Integer> rows, List<String> warnings) {
      haveRead();
      super.onData(rows, warnings);
    }

    void haveRead() {
      if (!read) {
        read = true;
        reading.release();
      }
    }

    @Override
    public boolean stopRequested() {
      return stop.getAsBoolean() || super.stopRequested();
    }

    @Override
    public boolean pauseRequested(int epochs) {
      return epochs >= until || stop.getAsBoolean() || super.pauseRequested(epochs);
    }
  }
}
