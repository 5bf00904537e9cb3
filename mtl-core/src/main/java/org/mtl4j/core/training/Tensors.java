package org.mtl4j.core.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
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
public final class Tensors {
  private Tensors() {}

  /** A tensor of the type with values given in row-major order. */
  static TFloating of(FloatType type, Shape shape, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * width(type)).order(ByteOrder.nativeOrder());
    put(type, values, bytes);
    return of(type, shape, bytes.flip());
  }

  /** Puts values, as elements of the type, into a buffer. */
  static void put(FloatType type, double[] values, ByteBuffer bytes) {
    for (double value : values) {
      if (type == FloatType.FLOAT64) {
        bytes.putDouble(value);
      } else {
        bytes.putFloat((float) value);
      }
    }
  }

  /** A tensor of the type with its bytes, in the machine's order: what is left of a buffer. */
  public static TFloating of(FloatType type, Shape shape, ByteBuffer bytes) {
    // From an array the bytes are copied at once; from a buffer TensorFlow Java takes one by one.
    ByteDataBuffer data =
        bytes.hasArray()
            ? DataBuffers.of(bytes.array(), true, false)
                .slice(bytes.arrayOffset() + bytes.position(), bytes.remaining())
            : DataBuffers.of(bytes.slice());
    return Tensor.of(type.tensorClass(), shape, data);
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
    int size = Math.toIntExact(tensor.asRawTensor().data().size());
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    read(tensor, bytes);
    return bytes.flip();
  }

  /** Puts a tensor's bytes, in the machine's order, into a buffer over an array. */
  static void read(Tensor tensor, ByteBuffer bytes) {
    ByteDataBuffer data = tensor.asRawTensor().data();
    int size = Math.toIntExact(data.size());
    data.read(bytes.array(), bytes.arrayOffset() + bytes.position(), size);
    bytes.position(bytes.position() + size);
  }

  /**
   * The index, counted from the buffer's position, of the first element that is infinite or NaN; -1
   * if there is none. The buffer stays as it is.
   */
  static int firstNotFinite(FloatType type, ByteBuffer bytes) {
    if (type == FloatType.FLOAT64) {
      DoubleBuffer values = bytes.duplicate().order(bytes.order()).asDoubleBuffer();
      for (int i = 0; i < values.limit(); i++) {
        if (!Double.isFinite(values.get(i))) {
          return i;
        }
      }
    } else {
      FloatBuffer values = bytes.duplicate().order(bytes.order()).asFloatBuffer();
      for (int i = 0; i < values.limit(); i++) {
        if (!Float.isFinite(values.get(i))) {
          return i;
        }
      }
    }
    return -1;
  }

  /** An element of a buffer, counted from its position. */
  static double element(FloatType type, ByteBuffer bytes, int index) {
    int at = bytes.position() + index * width(type);
    return type == FloatType.FLOAT64 ? bytes.getDouble(at) : bytes.getFloat(at);
  }

  /** A scalar's value. */
  static double scalar(Tensor tensor) {
    return tensor instanceof TFloat32 narrow ? narrow.getFloat() : ((TFloat64) tensor).getDouble();
  }

  /** A tensor's values, in row-major order. */
  static double[] doubles(Tensor tensor) {
    if (tensor instanceof TFloat64 wide) {
      double[] values = new double[Math.toIntExact(wide.size())];
      tensor.asRawTensor().data().asDoubles().read(values);
      return values;
    }
    float[] narrow = new float[Math.toIntExact(((TFloat32) tensor).size())];
    copy(tensor, narrow, 0);
    double[] values = new double[narrow.length];
    for (int i = 0; i < narrow.length; i++) {
      values[i] = narrow[i];
    }
    return values;
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
