package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.IdBlock;
import org.mtl4j.core.batch.IdList;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.model.OutputSpec;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A batch as tensors that one run of a training graph is fed, closed after it. */
final class BatchFeeds implements AutoCloseable {
  private final TrainerSpec spec;
  private final TrainingGraph graph;
  private final Session.Runner runner;
  private final List<Tensor> tensors = new ArrayList<>();

  BatchFeeds(TrainerSpec spec, TrainingGraph graph, Session.Runner runner) {
    this.spec = spec;
    this.graph = graph;
    this.runner = runner;
  }

  /** Feeds all that a step takes. */
  void step(Batch batch, long step) {
    inputs(batch);
    feed(graph.step(), TInt64.scalarOf(step));
    FloatType type = spec.execution().type();
    Shape shape = Shape.of(batch.size());
    for (OutputSpec output : spec.outputs()) {
      String name = output.name();
      Shape labels = output.labelTensor(batch.size());
      feed(graph.labels(name), Tensors.of(type, labels, batch.labels(name)));
      feed(graph.weights(name), Tensors.of(type, shape, batch.weights(name)));
    }
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

  private void feed(Operand<?> placeholder, Tensor tensor) {
    tensors.add(tensor);
    runner.feed(placeholder, tensor);
  }

  Session.Runner runner() {
    return runner;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
