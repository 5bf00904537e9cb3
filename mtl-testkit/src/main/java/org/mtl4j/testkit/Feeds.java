package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/** What one run of a session is fed, closed after it. */
final class Feeds implements AutoCloseable {
  private final Session.Runner runner;
  private final List<Tensor> tensors = new ArrayList<>();

  Feeds(Session session) {
    this.runner = session.runner();
  }

  /** Feeds elements in row-major order, as float64. */
  void feed(Operand<?> at, Shape shape, double[] values) {
    feed(at, Doubles.tensor(shape, values));
  }

  /** Feeds a tensor, which is closed with the rest. */
  void feed(Operand<?> at, Tensor tensor) {
    tensors.add(tensor);
    runner.feed(at, tensor);
  }

  Session.Runner runner() {
    return runner;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
