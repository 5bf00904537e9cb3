package org.mtl4j.server.grpc;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import org.mtl4j.protocol.tensorflow.DataType;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.protocol.tensorflow.TensorShapeProto;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Writes tensors as messages, elements in the field of their type: clients in many languages read
 * these alone, and TensorFlow Serving writes them so.
 */
public final class TensorWriter {
  private TensorWriter() {}

  /** The tensor as a message. */
  public static TensorProto write(TensorValue tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : tensor.shape().sizes()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    TensorProto.Builder message =
        TensorProto.newBuilder()
            .setDtype(DataType.forNumber(tensor.type().number()))
            .setTensorShape(shape);
    if (tensor.type() == TensorType.STRING) {
      tensor.strings().forEach(s -> message.addStringVal(ByteString.copyFrom(s)));
    } else {
      ByteBuffer numbers = tensor.numbers();
      while (numbers.hasRemaining()) {
        TensorFields.add(message, tensor.type(), numbers);
      }
    }
    return message.build();
  }
}
