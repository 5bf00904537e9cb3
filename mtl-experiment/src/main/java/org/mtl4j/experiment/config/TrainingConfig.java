package org.mtl4j.experiment.config;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.training.GradientClipping;
import org.mtl4j.core.training.L2Penalty;
import org.mtl4j.core.training.VariableGroup;

/**
 * How a model is trained.
 *
 * @param epochs passes over the training rows, or over those that {@code sampling} takes, at most
 * @param batchSize rows a step; all of them if they are fewer
 * @param optimizer for dense variables
 * @param embeddingOptimizer for the rows of embedding tables
 * @param balancing how the tasks' losses are combined
 * @param earlyStopping which state is kept, and when to stop before that; without it the last is
 * @param precision of the arithmetic
 * @param threads that TensorFlow uses, at most 1024; by default one a processor. The bits of a run
 *     depend on it
 * @param sampling how often an epoch takes the rows of a domain or of a task; by default each once
 * @param gradientBatches on how many batches each epoch ends with a look at the tasks' gradients;
 *     0: none
 * @param schedule how learning rates change from step to step; by default they do not
 * @param initFrom the run whose numbers training begins from; by default it begins from drawn ones
 * @param tensorboard what is written for TensorBoard
 * @param l2 terms of the loss that keep weights small
 * @param clipping how gradients are made smaller
 * @param groups variables that are trained otherwise than the rest, or not at all
 * @param microBatchSize rows that are computed at a time; by default all of a batch
 */
public record TrainingConfig(
    @Default("10") int epochs,
    @Default("1024") int batchSize,
    @Default("{type: adam}") Choice optimizer,
    @Default("{type: adagrad}") Choice embeddingOptimizer,
    @Default("{type: static}") Choice balancing,
    Optional<EarlyStoppingConfig> earlyStopping,
    @Default("float32") Precision precision,
    Optional<Integer> threads,
    Optional<SamplingConfig> sampling,
    @Default("2") int gradientBatches,
    Optional<Choice> schedule,
    Optional<InitFromConfig> initFrom,
    @Default("{}") TensorBoardConfig tensorboard,
    Optional<L2Penalty> l2,
    Optional<GradientClipping> clipping,
    @Default("[]") List<VariableGroup> groups,
    Optional<Integer> microBatchSize) {
  private static final int MOST_THREADS = 1024;

  /** The arithmetic of a run. */
  public enum Precision {
    /** 32 bits throughout. */
    FLOAT32
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public TrainingConfig {
    groups = List.copyOf(groups);
    atLeastOne("epochs", epochs);
    atLeastOne("batch_size", batchSize);
    microBatchSize.ifPresent(rows -> atLeastOne("micro_batch_size", rows));
    if (gradientBatches < 0) {
      throw new IllegalArgumentException(
          "gradient_batches: expected 0 or more, found " + gradientBatches);
    }
    threads.ifPresent(TrainingConfig::checkThreads);
  }

  /** Rows that a graph computes at a time, at most. */
  public int rowsAtATime() {
    return Math.min(batchSize, microBatchSize.orElse(batchSize));
  }

  /**
   * What names parts, as they were found.
   *
   * @param optimizer for dense variables
   * @param embeddingOptimizer for the rows of embedding tables
   * @param balancing how the tasks' losses are combined
   * @param schedule how learning rates change, if they do
   */
  public record Chosen(
      Choice optimizer, Choice embeddingOptimizer, Choice balancing, Optional<Choice> schedule) {}

  /** The same with its parts' defaults filled in, and with a number of threads. */
  public TrainingConfig resolved(Chosen chosen) {
    return new TrainingConfig(
        epochs,
        batchSize,
        chosen.optimizer(),
        chosen.embeddingOptimizer(),
        chosen.balancing(),
        earlyStopping.map(EarlyStoppingConfig::resolved),
        precision,
        Optional.of(threads.orElseGet(TrainingConfig::defaultThreads)),
        sampling,
        gradientBatches,
        chosen.schedule(),
        initFrom,
        tensorboard,
        l2,
        clipping,
        groups,
        microBatchSize);
  }

  /** The threads of a run that names none: one a processor, as far as that may be. */
  public static int defaultThreads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Checks a number of threads: TensorFlow makes all of them at once.
   *
   * @throws IllegalArgumentException if it is not 1 to 1024
   */
  public static void checkThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads: expected 1 to %d, found %d".formatted(MOST_THREADS, threads));
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + ": expected at least 1, found " + value);
    }
  }
}
