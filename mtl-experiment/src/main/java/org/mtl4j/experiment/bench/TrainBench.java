package org.mtl4j.experiment.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.FeedTimes;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.training.EpochOrder;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/**
 * Times the training step of an MMoE, feeding included, on made data: the mapped rows, the order of
 * an epoch, the feeder and the session are those that training uses.
 */
public final class TrainBench {
  private static final int WARM_UP_STEPS = 10;
  private static final int ROUNDS = 3;

  /**
   * What was measured.
   *
   * @param speed how fast steps were
   * @param feeding what their batches cost
   * @param memory what it took
   * @param checkpoint the checkpoint's times; empty if none was asked for
   */
  public record Result(
      Speed speed, Feeding feeding, Memory memory, Optional<CheckpointTimes> checkpoint) {}

  /**
   * How fast steps were.
   *
   * @param examplesPerSecond rows a second in the best round
   * @param msPerStep milliseconds a step in the best round
   * @param roundsMsPerStep milliseconds a step in each round
   */
  public record Speed(double examplesPerSecond, double msPerStep, List<Double> roundsMsPerStep) {
    /** Copies the list. */
    public Speed {
      roundsMsPerStep = List.copyOf(roundsMsPerStep);
    }
  }

  /**
   * What batches cost, in all timed rounds together.
   *
   * @param waitingShare share of the steps' time in which the graph waited for a batch, 0 to 1
   * @param processorMsPerStep milliseconds of processor time that filling took for each step, on
   *     the feeder's thread; empty where the system does not say
   */
  public record Feeding(double waitingShare, OptionalDouble processorMsPerStep) {}

  /**
   * Memory.
   *
   * @param stateBytes variables, tables and their slots: what must be there
   * @param peakBytes largest resident memory of the process so far; empty where the system does not
   *     say
   */
  public record Memory(long stateBytes, OptionalLong peakBytes) {}

  /**
   * How long a checkpoint takes.
   *
   * @param saveSeconds writing it, forced to disk
   * @param restoreSeconds a new session, checking the checkpoint and reading it
   */
  public record CheckpointTimes(double saveSeconds, double restoreSeconds) {}

  private final TrainBenchConfig config;
  private final TrainBenchData data;
  private final BooleanSupplier stopRequested;

  /**
   * A benchmark of the given size.
   *
   * @param stopRequested asked before each step; once it is true the benchmark ends with a {@link
   *     java.util.concurrent.CancellationException} and its checkpoint is gone
   */
  public TrainBench(TrainBenchConfig config, BooleanSupplier stopRequested) {
    this.config = config;
    this.data = new TrainBenchData(config);
    this.stopRequested = stopRequested;
  }

  /**
   * Builds the model, warms up and measures.
   *
   * @param threads that TensorFlow uses
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run(int threads) throws InterruptedException {
    return run(threads, Optional.empty());
  }

  /**
   * Builds the model, warms up and measures; then saves a checkpoint below a folder, restores it in
   * a new session, takes a round of steps more and deletes it. The peak of memory is that of all.
   *
   * @param threads that TensorFlow uses
   * @param checkpoints where there is room for a checkpoint; empty: without one
   * @throws InterruptedException if the thread is interrupted
   * @throws org.mtl4j.core.error.MtlException IO if the checkpoint cannot be written
   */
  public Result run(int threads, Optional<Path> checkpoints) throws InterruptedException {
    EncodedData rows = data.mapped(new Seed(1).random());
    TrainerSpec spec = spec(threads);
    if (checkpoints.isEmpty()) {
      try (TrainingSession session = new TrainingSession(spec)) {
        return result(measure(session, rows), Optional.empty());
      }
    }
    try (BenchCheckpoint checkpoint = new BenchCheckpoint(checkpoints.get())) {
      Measured measured;
      try (TrainingSession session = new TrainingSession(spec)) {
        measured = measure(session, rows);
        checkpoint.save(session);
      }
      try (TrainingSession session = checkpoint.restore(spec)) {
        time(session, rows, new Span(measured.lastStep(), config.steps()));
      }
      return result(measured, Optional.of(checkpoint.times()));
    }
  }

  private record Measured(List<Double> rounds, Feeding feeding, long lastStep, long stateBytes) {}

  private Measured measure(TrainingSession session, EncodedData rows) throws InterruptedException {
    List<Timed> rounds = new ArrayList<>();
    long step = time(session, rows, new Span(0, WARM_UP_STEPS)).lastStep();
    for (int round = 0; round < ROUNDS; round++) {
      Timed timed = time(session, rows, new Span(step, config.steps()));
      step = timed.lastStep();
      rounds.add(timed);
    }
    long bytes = session.state().tensors().stream().mapToLong(StateTensor::bytes).sum();
    return new Measured(
        rounds.stream().map(round -> round.nanos() / 1e6 / config.steps()).toList(),
        feeding(rounds),
        step,
        bytes);
  }

  private Feeding feeding(List<Timed> rounds) {
    List<FeedTimes> fed = rounds.stream().flatMap(round -> round.fed().stream()).toList();
    long waited = fed.stream().mapToLong(FeedTimes::waitedNanos).sum();
    long all = rounds.stream().mapToLong(Timed::nanos).sum();
    boolean known = fed.stream().allMatch(times -> times.processorNanos().isPresent());
    long worked = fed.stream().mapToLong(times -> times.processorNanos().orElse(0)).sum();
    double msPerStep = worked / 1e6 / ((long) config.steps() * rounds.size());
    return new Feeding(
        (double) waited / all, known ? OptionalDouble.of(msPerStep) : OptionalDouble.empty());
  }

  private Result result(Measured measured, Optional<CheckpointTimes> times) {
    double best = measured.rounds().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    return new Result(
        new Speed(config.batch() / best * 1e3, best, measured.rounds()),
        measured.feeding(),
        new Memory(measured.stateBytes(), ProcessMemory.peak()),
        times);
  }

  private record Span(long firstStep, int steps) {}

  private record Timed(long lastStep, long nanos, List<FeedTimes> fed) {}

  private Timed time(TrainingSession session, EncodedData rows, Span span)
      throws InterruptedException {
    List<FeedTimes> fed = new ArrayList<>();
    long step = span.firstStep();
    long last = step + span.steps();
    long start = System.nanoTime();
    while (step < last) {
      int[] order = EpochOrder.of(rows.rowCount(), new Seed(1), fed.size());
      try (BatchFeeder feeder =
          new BatchFeeder(session.batchLayout(config.batch()), rows, order, 0)) {
        while (feeder.hasNext() && step < last) {
          StoppableSource.check(stopRequested);
          session.step(feeder.next(), ++step);
        }
        fed.add(feeder.times());
      }
    }
    return new Timed(step, System.nanoTime() - start, fed);
  }

  private TrainerSpec spec(int threads) {
    List<FittedFeature> features = new ArrayList<>();
    for (int f = 0; f < config.fields(); f++) {
      String name = "field_" + f;
      CategoricalFeature feature =
          new CategoricalFeature(
              name,
              name,
              Optional.empty(),
              name,
              config.dim(),
              new CategoricalFeature.Hashed(config.vocabulary() - 1));
      features.add(new FittedCategorical(feature, Optional.empty()));
    }
    return new TrainerSpec(
        new FeaturePipeline(features),
        data.tasks(),
        config.model().mmoe(),
        new TrainerSpec.Updates(
            config.model().step().balancing(),
            new Adam(1e-3, 0.9, 0.999, 1e-7),
            new Adagrad(0.01, 0.1, 1e-7)),
        new TrainerSpec.Execution(
            new Seed(7), FloatType.FLOAT32, threads, config.model().step().products()));
  }
}
