package org.mtl4j.experiment.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/**
 * Times the training step of an MMoE, feeding included, on made data: the feeder and the session
 * are those that training uses. Ids are drawn with density falling towards high ids, as {@code
 * vocabulary * u^3} for a uniform u, so that a few are frequent and most are rare; labels are coin
 * flips.
 */
public final class TrainBench {
  private static final int BATCHES = 20;
  private static final int WARM_UP_STEPS = 10;
  private static final int ROUNDS = 3;

  /**
   * What was measured.
   *
   * @param examplesPerSecond rows a second in the best round
   * @param msPerStep milliseconds a step in the best round
   * @param roundsMsPerStep milliseconds a step in each round
   * @param memory what it took
   * @param checkpoint the checkpoint's times; empty if none was asked for
   */
  public record Result(
      double examplesPerSecond,
      double msPerStep,
      List<Double> roundsMsPerStep,
      Memory memory,
      Optional<CheckpointTimes> checkpoint) {}

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
  private final BooleanSupplier stopRequested;

  /**
   * A benchmark of the given size.
   *
   * @param stopRequested asked before each step; once it is true the benchmark ends with a {@link
   *     java.util.concurrent.CancellationException} and its checkpoint is gone
   */
  public TrainBench(TrainBenchConfig config, BooleanSupplier stopRequested) {
    this.config = config;
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
    EncodedRows rows = rows(new Seed(1).random());
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

  private record Measured(List<Double> rounds, long lastStep, long stateBytes) {}

  private Measured measure(TrainingSession session, EncodedRows rows) throws InterruptedException {
    List<Double> rounds = new ArrayList<>();
    long step = time(session, rows, new Span(0, WARM_UP_STEPS)).lastStep();
    for (int round = 0; round < ROUNDS; round++) {
      Timed timed = time(session, rows, new Span(step, config.steps()));
      step = timed.lastStep();
      rounds.add(timed.nanos() / 1e6 / config.steps());
    }
    long bytes = session.state().tensors().stream().mapToLong(StateTensor::bytes).sum();
    return new Measured(rounds, step, bytes);
  }

  private Result result(Measured measured, Optional<CheckpointTimes> times) {
    double best = measured.rounds().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    return new Result(
        config.batch() / best * 1e3,
        best,
        measured.rounds(),
        new Memory(measured.stateBytes(), ProcessMemory.peak()),
        times);
  }

  private record Span(long firstStep, int steps) {}

  private record Timed(long lastStep, long nanos) {}

  private Timed time(TrainingSession session, EncodedRows rows, Span span)
      throws InterruptedException {
    int[] order = IntStream.range(0, rows.rowCount()).toArray();
    long step = span.firstStep();
    long last = step + span.steps();
    long start = System.nanoTime();
    while (step < last) {
      try (BatchFeeder feeder =
          new BatchFeeder(session.batchLayout(config.batch()), rows, order, 0)) {
        while (feeder.hasNext() && step < last) {
          StoppableSource.check(stopRequested);
          session.step(feeder.next(), ++step);
        }
      }
    }
    return new Timed(step, System.nanoTime() - start);
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
        tasks(),
        config.model().mmoe(),
        new TrainerSpec.Updates(
            new StaticWeights(), new Adam(1e-3, 0.9, 0.999, 1e-7), new Adagrad(0.01, 0.1, 1e-7)),
        new TrainerSpec.Execution(new Seed(7), FloatType.FLOAT32, threads));
  }

  private List<FittedTask> tasks() {
    return IntStream.range(0, config.model().tasks())
        .mapToObj(
            t ->
                new FittedTask(
                    new Task(
                        "task_" + t,
                        new TaskType.Binary(List.of()),
                        Expression.parse("label"),
                        SampleSpace.everywhere(),
                        Optional.empty(),
                        1),
                    new LabelEncoding.Indicator()))
        .toList();
  }

  private EncodedRows rows(SplittableRandom random) {
    int n = BATCHES * config.batch();
    List<int[]> ids = new ArrayList<>();
    for (int f = 0; f < config.fields(); f++) {
      int[] column = new int[n];
      for (int r = 0; r < n; r++) {
        int id = (int) (config.vocabulary() * Math.pow(random.nextDouble(), 3));
        column[r] = Math.min(config.vocabulary() - 1, id);
      }
      ids.add(column);
    }
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    for (FittedTask task : tasks()) {
      float[] label = new float[n];
      float[] weight = new float[n];
      boolean[] mask = new boolean[n];
      for (int r = 0; r < n; r++) {
        label[r] = random.nextInt(2);
        weight[r] = 1;
        mask[r] = true;
      }
      labels.put(task.name(), new LabelColumn(label, mask, weight));
    }
    return new EncodedRows(n, ids, List.of(), labels, Optional.empty());
  }
}
