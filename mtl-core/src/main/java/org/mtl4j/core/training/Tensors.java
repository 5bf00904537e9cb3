package org.mtl4j.core.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.mtl4j.core.graph.FloatType;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Copies numbers between Java and floating tensors of either width. */
final class Tensors {
  private Tensors() {}

  /** A tensor of the type with values given in row-major order. */
  static TFloating of(FloatType type, Shape shape, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * width(type)).order(ByteOrder.nativeOrder());
    for (double value : values) {
      if (type == FloatType.FLOAT64) {
        bytes.putDouble(value);
      } else {
        bytes.putFloat((float) value);
      }
    }
    return of(type, shape, bytes.flip());
  }

  /** A tensor of the type with its bytes, in the machine's order. */
  static TFloating of(FloatType type, Shape shape, ByteBuffer bytes) {
    return Tensor.of(type.tensorClass(), shape, DataBuffers.of(bytes));
  }

  /** A tensor of the type with float values. */
  static TFloating of(FloatType type, Shape shape, FloatBuffer values) {
    if (type == FloatType.FLOAT32) {
      return floating(TFloat32.tensorOf(shape, DataBuffers.of(values)));
    }
    double[] wide = new double[values.remaining()];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values.get(i);
    }
    return of(type, shape, wide);
  }

  /** A tensor's bytes, in the machine's order. */
  static ByteBuffer bytes(Tensor tensor) {
    ByteDataBuffer data = tensor.asRawTensor().data();
    byte[] copy = new byte[Math.toIntExact(data.size())];
    data.read(copy);
    return ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
  }

  /** A scalar's value. */
  static double scalar(Tensor tensor) {
    return tensor instanceof TFloat32 narrow ? narrow.getFloat() : ((TFloat64) tensor).getDouble();
  }

  /** A tensor's values as floats, in row-major order, put into {@code target} at {@code offset}. */
  static void copy(Tensor tensor, float[] target, int offset) {
    if (tensor instanceof TFloat32 narrow) {
      int size = Math.toIntExact(narrow.size());
      narrow.asRawTensor().data().asFloats().read(target, offset, size);
    } else {
      double[] wide = new double[Math.toIntExact(((TFloat64) tensor).size())];
      tensor.asRawTensor().data().asDoubles().read(wide);
      for (int i = 0; i < wide.length; i++) {
        target[offset + i] = (float) wide[i];
      }
    }
  }

  static int width(FloatType type) {
    return type == FloatType.FLOAT64 ? Double.BYTES : Float.BYTES;
  }

  private static TFloating floating(TFloat32 tensor) {
    return tensor;
  }
}
