package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.batch.IdBlock;
import org.mtl4j.core.batch.IdList;
import org.mtl4j.core.feature.TrainingInputs;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** What runs of a session are fed, closed after them. */
final class Feeds implements AutoCloseable {
  private final Session session;
  private final List<Fed> fed = new ArrayList<>();

  private record Fed(Operand<?> at, Tensor tensor) {}

  Feeds(Session session) {
    this.session = session;
  }

  /** Feeds elements in row-major order, as float64. */
  void feed(Operand<?> at, Shape shape, double[] values) {
    feed(at, Doubles.tensor(shape, values));
  }

  /** Feeds a tensor, which is closed with the rest. */
  void feed(Operand<?> at, Tensor tensor) {
    fed.add(new Fed(at, tensor));
  }

  /** Feeds a store's ids, and where they and lists stand, of a batch of so many rows. */
  void places(TrainingInputs.Store store, IdBlock ids, int rows) {
    var unique = ids.unique();
    feed(store.unique(), TInt64.tensorOf(Shape.of(unique.remaining()), DataBuffers.of(unique)));
    var inverse = ids.inverse();
    feed(store.inverse(), TInt32.tensorOf(Shape.of(inverse.remaining()), DataBuffers.of(inverse)));
    for (int i = 0; i < store.lists().size(); i++) {
      IdList list = ids.lists().get(i);
      Shape shape = Shape.of(rows, list.length());
      feed(store.lists().get(i).inverse(), TInt32.tensorOf(shape, DataBuffers.of(list.inverse())));
      feed(store.lists().get(i).weights(), shape, Doubles.read(list.weights()));
    }
  }

  /** A run with what was fed so far. */
  Session.Runner runner() {
    Session.Runner runner = session.runner();
    fed.forEach(feed -> runner.feed(feed.at(), feed.tensor()));
    return runner;
  }

  @Override
  public void close() {
    fed.forEach(feed -> feed.tensor().close());
  }
}
