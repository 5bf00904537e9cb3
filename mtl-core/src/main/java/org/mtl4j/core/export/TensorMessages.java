package org.mtl4j.core.export;

import com.google.protobuf.ByteString;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TString;

/** Tensors as messages: numbers as their bytes, strings one by one. */
final class TensorMessages {
  private TensorMessages() {}

  static TensorProto of(Tensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : tensor.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    TensorProto.Builder message =
        TensorProto.newBuilder().setDtype(tensor.dataType()).setTensorShape(shape);
    if (tensor.dataType() == DataType.DT_STRING) {
      ((TString) tensor)
          .asBytes()
          .scalars()
          .forEach(text -> message.addStringVal(ByteString.copyFrom(text.getObject())));
    } else {
      message.setTensorContent(ByteString.copyFrom(bytes(tensor)));
    }
    return message.build();
  }

  /** As the machine has them, which is little-endian wherever TensorFlow runs. */
  private static byte[] bytes(Tensor tensor) {
    ByteDataBuffer data = tensor.asRawTensor().data();
    byte[] bytes = new byte[Math.toIntExact(data.size())];
    data.read(bytes);
    return bytes;
  }
}
