package org.mtl4j.server.grpc;

import java.nio.ByteBuffer;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.serving.tensor.TensorType;

/** The fields of a message that have a tensor's numbers, by their type. */
final class TensorFields {
  private TensorFields() {}

  /** How many numbers there are. */
  static int count(TensorProto tensor, TensorType type) {
    return switch (type) {
      case FLOAT -> tensor.getFloatValCount();
      case DOUBLE -> tensor.getDoubleValCount();
      case INT8, UINT8, INT16, UINT16, INT32 -> tensor.getIntValCount();
      case INT64 -> tensor.getInt64ValCount();
      case UINT32 -> tensor.getUint32ValCount();
      case UINT64 -> tensor.getUint64ValCount();
      case BOOL -> tensor.getBoolValCount();
      case HALF, BFLOAT16 -> tensor.getHalfValCount();
      case STRING -> throw strings();
    };
  }

  /** Appends a number's bytes. */
  static void put(TensorProto tensor, TensorType type, int i, ByteBuffer bytes) {
    switch (type) {
      case FLOAT -> bytes.putFloat(tensor.getFloatVal(i));
      case DOUBLE -> bytes.putDouble(tensor.getDoubleVal(i));
      case INT8, UINT8 -> bytes.put((byte) tensor.getIntVal(i));
      case INT16, UINT16 -> bytes.putShort((short) tensor.getIntVal(i));
      case INT32 -> bytes.putInt(tensor.getIntVal(i));
      case INT64 -> bytes.putLong(tensor.getInt64Val(i));
      case UINT32 -> bytes.putInt(tensor.getUint32Val(i));
      case UINT64 -> bytes.putLong(tensor.getUint64Val(i));
      case BOOL -> bytes.put((byte) (tensor.getBoolVal(i) ? 1 : 0));
      case HALF, BFLOAT16 -> bytes.putShort((short) tensor.getHalfVal(i));
      case STRING -> throw strings();
    }
  }

  /** Adds the next number of the bytes to a message. */
  static void add(TensorProto.Builder tensor, TensorType type, ByteBuffer bytes) {
    switch (type) {
      case FLOAT -> tensor.addFloatVal(bytes.getFloat());
      case DOUBLE -> tensor.addDoubleVal(bytes.getDouble());
      case INT8 -> tensor.addIntVal(bytes.get());
      case UINT8 -> tensor.addIntVal(Byte.toUnsignedInt(bytes.get()));
      case INT16 -> tensor.addIntVal(bytes.getShort());
      case UINT16 -> tensor.addIntVal(Short.toUnsignedInt(bytes.getShort()));
      case INT32 -> tensor.addIntVal(bytes.getInt());
      case INT64 -> tensor.addInt64Val(bytes.getLong());
      case UINT32 -> tensor.addUint32Val(bytes.getInt());
      case UINT64 -> tensor.addUint64Val(bytes.getLong());
      case BOOL -> tensor.addBoolVal(bytes.get() != 0);
      case HALF, BFLOAT16 -> tensor.addHalfVal(Short.toUnsignedInt(bytes.getShort()));
      case STRING -> throw strings();
    }
  }

  private static IllegalArgumentException strings() {
    return new IllegalArgumentException("strings are no numbers");
  }
}
