package org.mtl4j.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.protocol.tensorflow.TensorShapeProto;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Reads tensors of messages: elements as bytes in {@code tensor_content}, or in the field of their
 * type, of which the last one fills what the shape has more of, and 0 or "" where there is none.
 */
public final class TensorReader {
  private static final int STRING_BYTES = 16;

  private final long maxBytes;

  /**
   * A reader.
   *
   * @param maxBytes how large a tensor may be: one value may stand for many, so that a small
   *     message can ask for any amount of memory
   * @throws IllegalArgumentException if it is more than an array has
   */
  public TensorReader(long maxBytes) {
    if (maxBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "maxBytes: expected at most %d, found %d".formatted(Integer.MAX_VALUE, maxBytes));
    }
    this.maxBytes = maxBytes;
  }

  /**
   * Reads a tensor.
   *
   * @param name the input's, for messages
   * @throws RequestException INVALID_ARGUMENT if it is none, or of a type that no request can
   *     carry; RESOURCE_EXHAUSTED if it is too large
   */
  public TensorValue read(String name, TensorProto tensor) {
    TensorType type =
        TensorType.of(tensor.getDtypeValue())
            .orElseThrow(
                () ->
                    RequestException.invalid(
                        "Input \"%s\": expected a tensor of numbers or strings, found the type %d"
                            .formatted(name, tensor.getDtypeValue())));
    TensorShape shape = shape(name, tensor.getTensorShape());
    long bytes =
        type == TensorType.STRING
            ? stringBytes(tensor, shape.elements())
            : (long) shape.elements() * type.bytes();
    if (bytes > maxBytes) {
      throw new RequestException(
          StatusCode.RESOURCE_EXHAUSTED,
          "Input \"%s\": expected at most %d bytes, found %d: the shape %s of %s"
              .formatted(name, maxBytes, bytes, shape, type.label()));
    }
    if (type == TensorType.STRING) {
      return TensorValue.ofStrings(shape, strings(name, tensor, shape.elements()));
    }
    return TensorValue.ofNumbers(type, shape, numbers(name, tensor, type, shape.elements()));
  }

  /** What strings take where each has its own copy; a length and a reference even if empty. */
  private static long stringBytes(TensorProto tensor, int elements) {
    long bytes = (long) elements * STRING_BYTES + tensor.getTensorContent().size();
    int given = Math.min(elements, tensor.getStringValCount());
    for (int i = 0; i < given; i++) {
      long copies = i < given - 1 ? 1 : elements - given + 1L;
      bytes += copies * tensor.getStringVal(i).size();
    }
    return bytes;
  }

  private static TensorShape shape(String name, TensorShapeProto shape) {
    if (shape.getUnknownRank()) {
      throw RequestException.invalid(
          "Input \"" + name + "\": expected a tensor's shape, found an unknown one");
    }
    try {
      return new TensorShape(
          shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
    } catch (IllegalArgumentException e) {
      throw RequestException.invalid("Input \"" + name + "\": " + e.getMessage());
    }
  }

  private static ByteBuffer numbers(
      String name, TensorProto tensor, TensorType type, int elements) {
    ByteString content = tensor.getTensorContent();
    int expected = Math.multiplyExact(elements, type.bytes());
    if (!content.isEmpty()) {
      if (content.size() != expected) {
        throw RequestException.invalid(
            "Input \"%s\": expected %d bytes of tensor_content, found %d"
                .formatted(name, expected, content.size()));
      }
      return content.asReadOnlyByteBuffer();
    }
    ByteBuffer bytes = ByteBuffer.allocate(expected).order(ByteOrder.LITTLE_ENDIAN);
    int given = Math.min(elements, TensorFields.count(tensor, type));
    for (int i = 0; i < given; i++) {
      TensorFields.put(tensor, type, i, bytes);
    }
    if (given > 0) {
      for (int i = given; i < elements; i++) {
        TensorFields.put(tensor, type, given - 1, bytes);
      }
    }
    return bytes.rewind();
  }

  private static List<byte[]> strings(String name, TensorProto tensor, int elements) {
    if (!tensor.getTensorContent().isEmpty()) {
      return packedStrings(name, tensor.getTensorContent(), elements);
    }
    List<byte[]> strings = new ArrayList<>(elements);
    int given = Math.min(elements, tensor.getStringValCount());
    for (int i = 0; i < given; i++) {
      strings.add(tensor.getStringVal(i).toByteArray());
    }
    byte[] last = given > 0 ? strings.get(given - 1) : new byte[0];
    while (strings.size() < elements) {
      strings.add(last);
    }
    return strings;
  }

  /** Strings as TensorFlow packs them: all lengths as varints, and then all bytes. */
  private static List<byte[]> packedStrings(String name, ByteString content, int elements) {
    try {
      CodedInputStream input = content.newCodedInput();
      int[] lengths = new int[elements];
      for (int i = 0; i < elements; i++) {
        lengths[i] = input.readUInt32();
      }
      List<byte[]> strings = new ArrayList<>(elements);
      for (int length : lengths) {
        strings.add(input.readRawBytes(length));
      }
      if (input.isAtEnd()) {
        return strings;
      }
    } catch (IOException e) {
      // Cut off, or a length beyond the end: said below.
    }
    throw RequestException.invalid(
        "Input \"%s\": expected %d strings in tensor_content, found other bytes"
            .formatted(name, elements));
  }
}
