package org.mtl4j.experiment.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
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
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.mmoe.Mmoe;

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
   * @param peakMemoryBytes largest resident memory of the process so far; empty where the system
   *     does not say
   */
  public record Result(
      double examplesPerSecond,
      double msPerStep,
      List<Double> roundsMsPerStep,
      OptionalLong peakMemoryBytes) {}

  private final TrainBenchConfig config;

  /** A benchmark of the given size. */
  public TrainBench(TrainBenchConfig config) {
    this.config = config;
  }

  /**
   * Builds the model, warms up and measures.
   *
   * @param threads that TensorFlow uses
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run(int threads) throws InterruptedException {
    EncodedRows rows = rows(new Seed(1).random());
    int[] order = IntStream.range(0, rows.rowCount()).toArray();
    try (TrainingSession session = new TrainingSession(spec(threads))) {
      long step = time(session, rows, order, new Span(0, WARM_UP_STEPS)).lastStep();
      List<Double> rounds = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        Timed timed = time(session, rows, order, new Span(step, config.steps()));
        step = timed.lastStep();
        rounds.add(timed.nanos() / 1e6 / config.steps());
      }
      double best = rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      return new Result(config.batch() / best * 1e3, best, rounds, ProcessMemory.peakResident());
    }
  }

  private record Span(long firstStep, int steps) {}

  private record Timed(long lastStep, long nanos) {}

  private Timed time(TrainingSession session, EncodedRows rows, int[] order, Span span)
      throws InterruptedException {
    long step = span.firstStep();
    long last = step + span.steps();
    long start = System.nanoTime();
    while (step < last) {
      try (BatchFeeder feeder =
          new BatchFeeder(session.batchLayout(config.batch()), rows, order, 0)) {
        while (feeder.hasNext() && step < last) {
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
    TrainBenchConfig.Model model = config.model();
    return new TrainerSpec(
        new FeaturePipeline(features),
        tasks(),
        new Mmoe(model.experts(), model.expertLayers(), model.towerLayers(), 0),
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
