package org.mtl4j.serving.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.serving.tensor.TensorMismatchException;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Tensors of requests to and from TensorFlow's. Both have their numbers as little-endian bytes. */
final class NativeTensors {
  private NativeTensors() {}

  /**
   * An input as TensorFlow takes it; the caller closes it.
   *
   * @throws TensorMismatchException if it is not there, or of another type or shape
   */
  static Tensor of(String name, TensorSpec spec, Map<String, TensorValue> inputs) {
    TensorValue value = inputs.get(name);
    if (value == null) {
      throw new TensorMismatchException("expected the input \"" + name + "\", found none");
    }
    if (value.type() != spec.type() || !spec.takes(value.shape())) {
      throw new TensorMismatchException(
          "input \"%s\": expected %s%s, found %s"
              .formatted(name, spec.type().label(), spec.printedSizes(), value));
    }
    Shape shape = shape(value.shape());
    if (value.type() == TensorType.STRING) {
      byte[][] strings = value.strings().toArray(byte[][]::new);
      return TString.tensorOfBytes(NdArrays.wrap(shape, DataBuffers.of(strings, true, false)));
    }
    return Tensor.of(javaType(value.type()).orElseThrow(), shape, DataBuffers.of(value.numbers()));
  }

  private static Shape shape(TensorShape shape) {
    return Shape.of(shape.sizes().stream().mapToLong(Long::longValue).toArray());
  }

  /** Whether there are TensorFlow Java tensors of a type: a session takes and gives no others. */
  static boolean has(TensorType type) {
    return javaType(type).isPresent();
  }

  private static Optional<Class<? extends TType>> javaType(TensorType type) {
    return switch (type) {
      case FLOAT -> Optional.of(TFloat32.class);
      case DOUBLE -> Optional.of(TFloat64.class);
      case HALF -> Optional.of(TFloat16.class);
      case BFLOAT16 -> Optional.of(TBfloat16.class);
      case INT32 -> Optional.of(TInt32.class);
      case INT64 -> Optional.of(TInt64.class);
      case UINT8 -> Optional.of(TUint8.class);
      case UINT16 -> Optional.of(TUint16.class);
      case BOOL -> Optional.of(TBool.class);
      case STRING -> Optional.of(TString.class);
      case INT8, INT16, UINT32, UINT64 -> Optional.empty();
    };
  }

  /** An output, copied. */
  static TensorValue value(TensorType type, Tensor tensor) {
    TensorShape shape = TensorShape.of(tensor.shape().asArray());
    if (tensor instanceof TString strings) {
      List<byte[]> values = new ArrayList<>(shape.elements());
      strings.asBytes().scalars().forEach(scalar -> values.add(scalar.getObject()));
      return TensorValue.ofStrings(shape, values);
    }
    byte[] bytes = new byte[Math.multiplyExact(shape.elements(), type.bytes())];
    tensor.asRawTensor().data().read(bytes);
    return TensorValue.ofNumbers(type, shape, ByteBuffer.wrap(bytes));
  }
}
