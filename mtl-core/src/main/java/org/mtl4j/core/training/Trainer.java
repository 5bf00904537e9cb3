package org.mtl4j.core.training;

import java.time.Duration;
import java.util.Optional;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.batch.BatchOrder;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.MetricReport;

/**
 * The loop: epochs of shuffled batches, after each the validation split, a checkpoint and the
 * question whether to go on. The order of an epoch depends on the seed and the epoch's number
 * alone, so that a resumed run takes the very batches that the first one would have taken.
 */
public final class Trainer {
  private final TrainingSession session;
  private final TrainingPlan plan;
  private final DivergenceGuard guard;
  private final TrainingListener listener;
  private Progress progress;
  private Optional<TrainingListener.Stretch> stretch = Optional.empty();
  private boolean interrupted;

  /**
   * A loop over a session that stands where {@code progress} says.
   *
   * @throws IllegalArgumentException if the schedule watches a metric, and the plan has no
   *     validation rows
   */
  public Trainer(
      TrainingSession session,
      TrainingPlan plan,
      CheckpointStore checkpoints,
      TrainingListener listener,
      Progress progress) {
    if (plan.judge().isEmpty() && watching(session).isPresent()) {
      throw new IllegalArgumentException("a schedule that watches a metric needs validation rows");
    }
    this.session = session;
    this.plan = plan;
    this.guard = new DivergenceGuard(session, checkpoints);
    this.listener = listener;
    this.progress = progress;
  }

  private static Optional<RateSchedule> watching(TrainingSession session) {
    return session.spec().updates().schedule().filter(RateSchedule::isWatching);
  }

  /** Why a run ended. */
  public enum Ending {
    /** All epochs were trained. */
    FINISHED,
    /** The monitored metric no longer gained. */
    STOPPED_EARLY,
    /** A listener asked for it; the run can be resumed. */
    INTERRUPTED
  }

  /**
   * Trains to the end, or until it is stopped.
   *
   * @throws MtlException DIVERGED at the first loss, gradient or variable that is not finite,
   *     before a checkpoint holds it
   */
  public Ending run() {
    try {
      return trainToTheEnd();
    } catch (MtlException e) {
      throw guard.explained(e);
    }
  }

  private Ending trainToTheEnd() {
    listener.onStart(new TrainingListener.Plan(plan.epochs(), stepsPerEpoch(), progress.step()));
    while (progress.epoch() < plan.epochs()) {
      if (exhausted()) {
        return Ending.STOPPED_EARLY;
      }
      if (paused()) {
        return Ending.INTERRUPTED;
      }
      if (!trainEpoch()) {
        saveInterrupted();
        return Ending.INTERRUPTED;
      }
      endEpoch();
    }
    return exhausted() ? Ending.STOPPED_EARLY : Ending.FINISHED;
  }

  private int stepsPerEpoch() {
    return BatchFeeder.batches(plan.rows().epochRows(), plan.batchSize());
  }

  private Pace pace() {
    double rate =
        session
            .spec()
            .updates()
            .schedule()
            .map(schedule -> schedule.factor(progress, stepsPerEpoch(), plan.epochs()))
            .orElse(1.0);
    return new Pace(progress.step() + 1, progress.epoch(), rate);
  }

  /**
   * A thread that is interrupted can write no file: it is so again when the checkpoint is there.
   */
  private void saveInterrupted() {
    interrupted |= Thread.interrupted();
    try {
      stretch.ifPresent(listener::onStretch);
      guard.save(progress);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean exhausted() {
    return plan.earlyStopping()
        .map(stopping -> stopping.isExhausted(progress.best()))
        .orElse(false);
  }

  /** Whether a listener wants no further epoch for now; there is a checkpoint to go on from. */
  private boolean paused() {
    return progress.epoch() > 0
        && !progress.withinEpoch()
        && listener.pauseRequested(progress.epoch());
  }

  /**
   * Takes the epoch's steps and the time of them all: a clock a step would tell no more of them.
   *
   * @return false when a listener asked to stop
   */
  private boolean trainEpoch() {
    long before = progress.step();
    long begun = System.nanoTime();
    long[] rows = {0};
    boolean whole = takeSteps(rows);
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    stretch =
        progress.step() == before
            ? Optional.empty()
            : Optional.of(new TrainingListener.Stretch(before + 1, progress.step(), rows[0], time));
    return whole;
  }

  private boolean takeSteps(long[] rows) {
    BatchOrder order =
        plan.rows().batches(session.spec().execution().seed(), progress.epoch(), plan.batchSize());
    int taken = progress.current().batches();
    try (BatchFeeder feeder =
        new BatchFeeder(
            session.batchLayout(plan.largestBatch()), plan.rows().data(), order, taken)) {
      while (feeder.hasNext()) {
        Batch batch = feeder.next();
        Pace pace = pace();
        StepLosses losses = session.step(batch, pace);
        progress = progress.afterStep(losses);
        rows[0] += batch.size();
        listener.onStep(
            new TrainingListener.Step(
                pace.step(), pace.epoch() + 1, batch.size(), losses, pace.rate()));
        if (listener.stopRequested()) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    }
    return true;
  }

  private void endEpoch() {
    session.endEpoch();
    StepLosses losses = progress.current().means();
    Optional<MetricReport> report = plan.judge().map(judge -> guard.judged(judge, progress.step()));
    watching(session)
        .ifPresent(
            schedule -> progress = progress.watching(schedule.watched(report.orElseThrow())));
    progress = progress.afterEpoch(chosen(report));
    boolean best = progress.best().step() == progress.step();
    TrainingListener.Epoch epoch =
        new TrainingListener.Epoch(progress.epoch(), progress.step(), losses, report, best);
    listener.beforeSave(epoch);
    stretch.ifPresent(listener::onStretch);
    guard.save(progress);
    listener.onEpoch(epoch);
  }

  /** Without a criterion the last state is the one to keep. */
  private Progress.Best chosen(Optional<MetricReport> report) {
    long step = progress.step();
    return plan.earlyStopping()
        .map(
            stopping ->
                stopping
                    .criterion()
                    .after(
                        progress.best(),
                        new Criterion.State(step, progress.epoch() + 1, report.orElseThrow())))
        .orElseGet(() -> new Progress.Best(step, Double.NaN, 0));
  }
}
