package org.mtl4j.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.MetricReport;

/**
 * The loop: epochs of shuffled batches, after each the validation split, a checkpoint and the
 * question whether to go on. The order of an epoch depends on the seed and the epoch's number
 * alone, so that a resumed run takes the very batches that the first one would have taken.
 */
public final class Trainer {
  private final TrainingSession session;
  private final TrainingPlan plan;
  private final CheckpointStore checkpoints;
  private final TrainingListener listener;
  private Progress progress;

  /** A loop over a session that stands where {@code progress} says. */
  public Trainer(
      TrainingSession session,
      TrainingPlan plan,
      CheckpointStore checkpoints,
      TrainingListener listener,
      Progress progress) {
    this.session = session;
    this.plan = plan;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.progress = progress;
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
   * @throws MtlException DIVERGED at the first loss that is not finite
   */
  public Ending run() {
    int stepsPerEpoch = BatchFeeder.batches(plan.rows().rowCount(), plan.batchSize());
    listener.onStart(new TrainingListener.Plan(plan.epochs(), stepsPerEpoch, progress.step()));
    while (progress.epoch() < plan.epochs()) {
      if (exhausted()) {
        return Ending.STOPPED_EARLY;
      }
      Optional<StepLosses> losses = trainEpoch();
      if (losses.isEmpty()) {
        checkpoints.save(session.state(), progress);
        return Ending.INTERRUPTED;
      }
      endEpoch(losses.get());
    }
    return exhausted() ? Ending.STOPPED_EARLY : Ending.FINISHED;
  }

  private boolean exhausted() {
    return plan.earlyStopping()
        .map(stopping -> progress.epochsWithoutGain() >= stopping.patience())
        .orElse(false);
  }

  /** The mean losses of the epoch's steps, or empty when a listener asked to stop. */
  private Optional<StepLosses> trainEpoch() {
    LossMeans means = new LossMeans();
    int[] order =
        EpochOrder.of(plan.rows().rowCount(), session.spec().execution().seed(), progress.epoch());
    try (BatchFeeder feeder =
        new BatchFeeder(
            session.batchLayout(plan.batchSize()), plan.rows(), order, progress.batchInEpoch())) {
      while (feeder.hasNext()) {
        Batch batch = feeder.next();
        StepLosses losses = session.step(batch, progress.step() + 1);
        progress = progress.afterStep();
        checkFinite(losses);
        means.add(losses);
        listener.onStep(
            new TrainingListener.Step(progress.step(), progress.epoch() + 1, batch.size(), losses));
        if (listener.stopRequested()) {
          return Optional.empty();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    return Optional.of(means.get());
  }

  private void endEpoch(StepLosses losses) {
    Optional<MetricReport> report = plan.judge().map(Supplier::get);
    double value =
        plan.earlyStopping()
            .map(stopping -> report.orElseThrow().get(stopping.metric()).orElse(Double.NaN))
            .orElse(Double.NaN);
    progress = isBest(value) ? progress.afterBestEpoch(value) : progress.afterEpoch();
    boolean best = progress.bestStep() == progress.step();
    checkpoints.save(session.state(), progress);
    listener.onEpoch(
        new TrainingListener.Epoch(progress.epoch(), progress.step(), losses, report, best));
  }

  /** The first state is kept even if its metric is not defined: there must be one to keep. */
  private boolean isBest(double value) {
    if (plan.earlyStopping().isEmpty() || progress.bestStep() == 0) {
      return true;
    }
    EarlyStopping stopping = plan.earlyStopping().get();
    return !Double.isNaN(value) && stopping.improves(value, progress.bestValue());
  }

  private void checkFinite(StepLosses losses) {
    if (Double.isFinite(losses.total())) {
      return;
    }
    String tasks =
        losses.tasks().entrySet().stream()
            .filter(task -> !Double.isFinite(task.getValue()))
            .map(Map.Entry::getKey)
            .toList()
            .toString();
    throw new MtlException(
        new Problem(
            ErrorCode.DIVERGED,
            "step " + progress.step(),
            "Training diverged: the loss is " + losses.total() + ", of the tasks " + tasks + ".",
            "Lower training.optimizer.learning_rate or training.embedding_optimizer.learning_rate; "
                + lastCheckpoint()));
  }

  private String lastCheckpoint() {
    long step = checkpoints.latestStep();
    return step == 0
        ? "there is no checkpoint yet."
        : "the last checkpoint is that of step " + step + ".";
  }

  /** Running means of the losses of an epoch. */
  private static final class LossMeans {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private double total;
    private int steps;

    void add(StepLosses losses) {
      total += losses.total();
      losses.tasks().forEach((task, loss) -> sums.merge(task, loss, Double::sum));
      steps++;
    }

    StepLosses get() {
      int n = Math.max(1, steps);
      Map<String, Double> means = new LinkedHashMap<>();
      sums.forEach((task, sum) -> means.put(task, sum / n));
      return new StepLosses(total / n, means);
    }
  }
}
