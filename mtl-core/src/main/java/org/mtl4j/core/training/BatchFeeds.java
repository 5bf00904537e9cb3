package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mtl4j.core.balancing.Solve;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.IdBlock;
import org.mtl4j.core.batch.IdList;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.model.OutputSpec;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

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
    inputs(batch);
    feed(graph.step(), TInt64.scalarOf(pace.step()));
    FloatType type = spec.execution().type();
    graph.rate().ifPresent(rate -> feed(rate, pace.rate()));
    graph.thaws().forEach((epoch, thaw) -> feed(thaw, pace.epoch() >= epoch ? 1 : 0));
    Shape shape = Shape.of(batch.size());
    for (OutputSpec output : spec.outputs()) {
      String name = output.name();
      Shape labels = output.labelTensor(batch.size());
      feed(graph.labels().labels(name), Tensors.of(type, labels, batch.labels(name)));
      feed(graph.labels().weights(name), Tensors.of(type, shape, batch.weights(name)));
    }
    graph.solve().ifPresent(solve -> solve(solve, pace.step()));
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
    List<TrainingInputs.Store> stores = graph.inputs().stores();
    for (int i = 0; i < stores.size(); i++) {
      TrainingInputs.Store store = stores.get(i);
      IdBlock ids = batch.ids().get(i);
      var unique = ids.unique();
      var inverse = ids.inverse();
      feed(store.unique(), TInt64.tensorOf(Shape.of(unique.remaining()), DataBuffers.of(unique)));
      feed(
          store.inverse(), TInt32.tensorOf(Shape.of(inverse.remaining()), DataBuffers.of(inverse)));
      lists(store, ids, batch.size());
    }
    int width = spec.pipeline().denseWidth();
    if (width > 0) {
      Shape shape = Shape.of(batch.size(), width);
      feed(graph.inputs().dense(), Tensors.of(spec.execution().type(), shape, batch.dense()));
    }
  }

  private void lists(TrainingInputs.Store store, IdBlock ids, int rows) {
    for (int i = 0; i < store.lists().size(); i++) {
      TrainingInputs.ListInput input = store.lists().get(i);
      IdList list = ids.lists().get(i);
      Shape shape = Shape.of(rows, list.length());
      feed(input.inverse(), TInt32.tensorOf(shape, DataBuffers.of(list.inverse())));
      feed(input.weights(), Tensors.of(spec.execution().type(), shape, list.weights()));
    }
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
