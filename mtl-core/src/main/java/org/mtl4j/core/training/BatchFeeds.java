package org.mtl4j.core.training;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mtl4j.core.balancing.Solve;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.IdBlock;
import org.mtl4j.core.batch.IdList;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.model.OutputSpec;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** A batch as tensors that runs of a training graph are fed, closed after them. */
final class BatchFeeds implements AutoCloseable {
  private final TrainerSpec spec;
  private final TrainingGraph graph;
  private final Session session;
  private final List<Fed> fed = new ArrayList<>();

  private record Fed(Operand<?> placeholder, Tensor tensor) {}

  BatchFeeds(TrainerSpec spec, TrainingGraph graph, Session session) {
    this.spec = spec;
    this.graph = graph;
    this.session = session;
  }

  /** Feeds all that a step takes; a balancing method that solves something does so here. */
  void step(Batch batch, Pace pace) {
    piece(batch, pace, new PiecewiseStep.Piece(0, 0, batch.size()));
    graph.solve().ifPresent(solve -> solve(solve, pace.step()));
  }

  /** Feeds what a piece of a step's batch takes. */
  void piece(Batch batch, Pace pace, PiecewiseStep.Piece piece) {
    inputs(batch, piece);
    pace(pace);
    graph
        .stepInputs()
        .accumulation()
        .ifPresent(
            pieces -> {
              feed(pieces.piece(), TInt64.scalarOf(piece.number()));
              feed(pieces.share(), (double) piece.size() / batch.size());
            });
    FloatType type = spec.execution().type();
    for (OutputSpec output : spec.outputs()) {
      Shape labels = output.labelTensor(piece.size());
      LabelInputs of = graph.stepInputs().labels();
      String name = output.name();
      feed(of.labels(name), Tensors.of(type, labels, part(batch.labels(name), batch, piece)));
      feed(
          of.weights(name),
          Tensors.of(type, Shape.of(piece.size()), part(batch.weights(name), batch, piece)));
    }
    graph
        .stepInputs()
        .labels()
        .queries()
        .feed(new QueryInputs.Rows(batch, piece, spec.execution(), pace.step()), this::feed);
  }

  /** Feeds what a step takes whose losses and gradients are there. */
  void whole(Batch batch, Pace pace, PiecewiseStep.Totals totals) {
    for (int i = 0; i < graph.inputs().stores().size(); i++) {
      unique(graph.inputs().stores().get(i), batch.ids().get(i));
    }
    pace(pace);
    losses(totals);
    List<Operand<TFloating>> regularizers = graph.losses().regularizers();
    for (int i = 0; i < regularizers.size(); i++) {
      feed(regularizers.get(i), totals.regularizers()[i]);
    }
  }

  /** Feeds the losses of a whole batch in place of those of a piece. */
  void losses(PiecewiseStep.Totals totals) {
    List<TaskLoss> losses = graph.losses().tasks();
    for (int i = 0; i < losses.size(); i++) {
      feed(losses.get(i).mean(), totals.means()[i]);
      feed(losses.get(i).denominator(), totals.denominators()[i]);
    }
  }

  private void pace(Pace pace) {
    feed(graph.stepInputs().step(), TInt64.scalarOf(pace.step()));
    graph.stepInputs().rate().ifPresent(rate -> feed(rate, pace.rate()));
    graph.thaws().forEach((epoch, thaw) -> feed(thaw, pace.epoch() >= epoch ? 1 : 0));
  }

  private void solve(Solve solve, long step) {
    double[] input;
    try (Result result = runner().fetch(solve.input()).run()) {
      input = Tensors.doubles(result.get(0));
    }
    Shape shape = solve.output().asOutput().shape();
    double[] output = new double[Math.toIntExact(shape.size())];
    if (Arrays.stream(input).allMatch(Double::isFinite)) {
      output = solve.solver().solve(input, step);
    } else {
      Arrays.fill(output, Double.NaN); // the check before the updates refuses the step
    }
    feed(solve.output(), Tensors.of(spec.execution().type(), shape, output));
  }

  /** Feeds the features, all that a prediction takes. */
  void inputs(Batch batch) {
    inputs(batch, new PiecewiseStep.Piece(0, 0, batch.size()));
  }

  private void inputs(Batch batch, PiecewiseStep.Piece piece) {
    List<TrainingInputs.Store> stores = graph.inputs().stores();
    for (int i = 0; i < stores.size(); i++) {
      TrainingInputs.Store store = stores.get(i);
      IdBlock ids = batch.ids().get(i);
      unique(store, ids);
      IntBuffer inverse = part(ids.inverse(), batch, piece);
      feed(
          store.inverse(), TInt32.tensorOf(Shape.of(inverse.remaining()), DataBuffers.of(inverse)));
      lists(store, ids, batch, piece);
    }
    int width = spec.pipeline().denseWidth();
    if (width > 0) {
      Shape shape = Shape.of(piece.size(), width);
      FloatBuffer dense = part(batch.dense(), batch, piece);
      feed(graph.inputs().dense(), Tensors.of(spec.execution().type(), shape, dense));
    }
  }

  private void unique(TrainingInputs.Store store, IdBlock ids) {
    var unique = ids.unique();
    feed(store.unique(), TInt64.tensorOf(Shape.of(unique.remaining()), DataBuffers.of(unique)));
  }

  private void lists(
      TrainingInputs.Store store, IdBlock ids, Batch batch, PiecewiseStep.Piece piece) {
    for (int i = 0; i < store.lists().size(); i++) {
      TrainingInputs.ListInput input = store.lists().get(i);
      IdList list = ids.lists().get(i);
      Shape shape = Shape.of(piece.size(), list.length());
      IntBuffer inverse = part(list.inverse(), batch, piece);
      feed(input.inverse(), TInt32.tensorOf(shape, DataBuffers.of(inverse)));
      FloatBuffer weights = part(list.weights(), batch, piece);
      feed(input.weights(), Tensors.of(spec.execution().type(), shape, weights));
    }
  }

  /** The values of a piece's rows, of which a batch has equally many each. */
  private static FloatBuffer part(FloatBuffer rows, Batch batch, PiecewiseStep.Piece piece) {
    int width = rows.remaining() / Math.max(1, batch.size());
    return rows.slice(rows.position() + piece.from() * width, piece.size() * width);
  }

  private static IntBuffer part(IntBuffer rows, Batch batch, PiecewiseStep.Piece piece) {
    int width = rows.remaining() / Math.max(1, batch.size());
    return rows.slice(rows.position() + piece.from() * width, piece.size() * width);
  }

  private void feed(Operand<?> placeholder, double value) {
    double[] scalar = {value};
    feed(placeholder, Tensors.of(spec.execution().type(), Shape.scalar(), scalar));
  }

  private void feed(Operand<?> placeholder, Tensor tensor) {
    fed.add(new Fed(placeholder, tensor));
  }

  /** A run with what was fed so far. */
  Session.Runner runner() {
    Session.Runner runner = session.runner();
    fed.forEach(feed -> runner.feed(feed.placeholder(), feed.tensor()));
    return runner;
  }

  @Override
  public void close() {
    fed.forEach(feed -> feed.tensor().close());
  }
}
