package org.mtl4j.testkit;

import java.nio.FloatBuffer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat64;

/** Between arrays and tensors of float64. */
final class Doubles {
  private Doubles() {}

  /** A tensor's elements in row-major order. */
  static double[] read(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }

  /** The number of a scalar. */
  static double first(Tensor tensor) {
    return read(tensor)[0];
  }

  /** What is left in a buffer. */
  static double[] read(FloatBuffer floats) {
    double[] values = new double[floats.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(floats.position() + i);
    }
    return values;
  }

  /** A tensor of these elements in row-major order; it is the caller's to close. */
  static TFloat64 tensor(Shape shape, double[] values) {
    return TFloat64.tensorOf(shape, DataBuffers.of(values, false, false));
  }
}
