package org.mtl4j.core.training;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.LabelShape;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.family.TFloating;

/**
 * A model in training: one graph, one session. It takes steps, predicts, and gives and takes its
 * state. Not safe for several threads.
 */
public final class TrainingSession implements AutoCloseable {
  private static final int PREDICTION_BATCH = 4096;

  private final TrainerSpec spec;
  private final TrainingGraph graph;
  private final Session session;
  private final SessionState state;
  private final HostUpdates hostUpdates;
  private final ModelProbes probes;
  private Map<String, Calibrator> calibrators = Map.of();

  /**
   * Builds the graph and gives every variable its first values.
   *
   * @throws MtlException MEMORY, before anything large is made, if tables, dense variables and
   *     slots cannot fit
   * @throws IllegalArgumentException if the balancing method gives gradients, or an optimiser rows,
   *     of other shapes than those of what they are for
   */
  public TrainingSession(TrainerSpec spec) {
    this.spec = spec;
    this.graph = graph(spec);
    this.probes = new ModelProbes(this, graph, this::feeds);
    ConfigProto config =
        Sessions.config()
            .setIntraOpParallelismThreads(spec.execution().threads())
            .setInterOpParallelismThreads(spec.execution().threads())
            .setUsePerSessionThreads(true) // Sessions side by side would share the first one's.
            .build();
    this.session = new Session(graph.graph(), config);
    try {
      this.hostUpdates = new HostUpdates(graph, session);
      this.state = new SessionState(graph, session);
      state.initialize(spec.execution().seed());
    } catch (RuntimeException | Error e) {
      session.close();
      graph.close();
      throw e;
    }
  }

  private static TrainingGraph graph(TrainerSpec spec) {
    TrainingGraph graph = TrainingGraph.of(spec);
    try {
      MemoryNeed.of(graph).check(ProcessMemory.anonymous().orElse(0), ProcessMemory.limit());
      MemoryNeed.checkVariables(graph);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    return graph;
  }

  /** The version of TensorFlow's native library. */
  public static String tensorFlowVersion() {
    return TensorFlow.version();
  }

  /** What a batch for {@link #step} holds. */
  public BatchLayout batchLayout(int batchSize) {
    return layout(
        batchSize, spec.outputs().stream().map(OutputSpec::labelShape).toList(), spec.ranks());
  }

  /** What a batch holds that is only predicted, or looked into. */
  BatchLayout inputLayout(int batchSize) {
    return layout(batchSize, List.of(), false);
  }

  private BatchLayout layout(int capacity, List<LabelShape> labels, boolean queries) {
    return new BatchLayout(
        capacity,
        graph.inputs().stores().stream().map(TrainingInputs.Store::columns).toList(),
        spec.pipeline().denseWidth(),
        labels,
        queries);
  }

  /**
   * Takes one step of the first epoch, at the learning rates as configured.
   *
   * @param batch laid out by {@link #batchLayout}
   * @param step number of the step, from 1
   * @return the losses before the update
   * @throws MtlException as {@link #step(Batch, Pace)} does
   */
  public StepLosses step(Batch batch, long step) {
    return step(batch, Pace.of(step));
  }

  /**
   * Takes one step.
   *
   * @param batch laid out by {@link #batchLayout}
   * @param pace the step's number, epoch and learning rate
   * @return the losses before the update
   * @throws MtlException DIVERGED if a loss or a gradient is not finite; then nothing was updated,
   *     and the model's own updates were not run either
   */
  public StepLosses step(Batch batch, Pace pace) {
    try {
      StepLosses taken =
          graph
              .stepInputs()
              .accumulation()
              .map(
                  pieces ->
                      new PiecewiseStep(graph, pieces, microBatchSize(), this::feeds)
                          .take(batch, pace))
              .orElseGet(() -> new WholeStep(graph, this::feeds).take(batch, pace));
      hostUpdates.after(pace.step());
      return taken;
    } catch (TFInvalidArgumentException e) {
      if (FiniteCheck.refused(e)) {
        throw new DivergenceFinder(graph, batch).find(pace, this::feeds).failure();
      }
      throw e;
    }
  }

  private int microBatchSize() {
    return spec.updates().gradients().microBatchSize().orElseThrow();
  }

  /** Tells the balancing method that an epoch's last step was taken. */
  public void endEpoch() {
    graph.ends().epoch().ifPresent(action -> session.runner().addTarget(action).run().close());
  }

  private BatchFeeds feeds() {
    return new BatchFeeds(spec, graph, session);
  }

  /** Predictions for rows in their order, by the pass without dropout. */
  public Predictions predict(EncodedData rows) {
    Map<String, float[]> values = arrays(rows.rowCount());
    predict(
        rows,
        (from, block) ->
            block
                .values()
                .forEach(
                    (output, found) -> {
                      int width = found.length / block.rowCount();
                      System.arraycopy(found, 0, values.get(output), from * width, found.length);
                    }));
    return new Predictions(rows.rowCount(), values);
  }

  /** Predicts rows in their order, by the pass without dropout, and hands on block after block. */
  public void predict(EncodedData rows, PredictionSink sink) {
    forEach(rows, graph.predictions(), sink);
  }

  /**
   * As {@link #predict(EncodedData, PredictionSink)}, what calibrators are fitted to in place of
   * predictions: per task's output log odds or logits, neither calibrated nor corrected.
   */
  public void scores(EncodedData rows, PredictionSink sink) {
    forEach(rows, graph.scores(), sink);
  }

  private void forEach(
      EncodedData rows, Map<String, Operand<TFloating>> fetched, PredictionSink sink) {
    Batch batch = new Batch(inputLayout(PREDICTION_BATCH));
    for (int from = 0, size; from < rows.rowCount(); from += size) {
      size = Math.min(PREDICTION_BATCH, rows.rowCount() - from);
      batch.fill(rows, IntStream.range(from, from + size).toArray(), 0, size);
      sink.take(from, fetch(batch, fetched));
    }
  }

  /**
   * Calibrates every prediction from now on. Training does not change by it.
   *
   * @param fitted by output; they take the place of earlier ones
   */
  public void calibrate(Map<String, Calibrator> fitted) {
    if (!calibrators.equals(fitted)) {
      graph.calibrate(fitted);
      calibrators = Map.copyOf(fitted);
    }
  }

  /** By output, what its predictions are calibrated by. */
  public Map<String, Calibrator> calibrators() {
    return calibrators;
  }

  /**
   * Takes predictions, block by block, in the order of the rows: on the thread that asked for them,
   * before the next block is predicted.
   */
  @FunctionalInterface
  public interface PredictionSink {
    /**
     * Takes the predictions of a block of n rows, 4096 at most. What it throws ends the predicting.
     *
     * @param from the number of the block's first row, from 0
     * @param block per output [n * its width], row by row; the sink may keep it
     */
    void take(int from, Predictions block);
  }

  private Map<String, float[]> arrays(int rowCount) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    for (OutputSpec output : spec.outputs()) {
      arrays.put(output.name(), new float[Math.multiplyExact(rowCount, output.width())]);
    }
    return arrays;
  }

  private Predictions fetch(Batch batch, Map<String, Operand<TFloating>> fetched) {
    Map<String, float[]> values = arrays(batch.size());
    values.keySet().retainAll(fetched.keySet());
    try (BatchFeeds feeds = feeds()) {
      feeds.inputs(batch);
      Session.Runner runner = feeds.runner();
      values.keySet().forEach(output -> runner.fetch(fetched.get(output)));
      try (Result result = runner.run()) {
        int i = 0;
        for (float[] taken : values.values()) {
          Tensors.copy(result.get(i++), taken, 0);
        }
      }
    }
    return new Predictions(batch.size(), values);
  }

  /** The way to look inside, as the session stands whenever somebody looks. */
  public ModelProbes probes() {
    return probes;
  }

  /** The numbers of the model and its optimisers. */
  public TrainedState state() {
    return state;
  }

  /**
   * Takes over numbers, of a checkpoint say.
   *
   * @throws IOException if they cannot be read
   * @throws IllegalStateException if they belong to another model
   */
  public void restore(TrainedState other) throws IOException {
    state.restore(other);
  }

  /**
   * Takes over what matches of another model's numbers, tables in pieces; the rest stays as it is.
   *
   * @throws IOException if they cannot be read
   */
  public TransferReport transfer(TrainedState other, StateTransfer rules) throws IOException {
    return state.transfer(other, rules);
  }

  /** What it was made of. */
  public TrainerSpec spec() {
    return spec;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
