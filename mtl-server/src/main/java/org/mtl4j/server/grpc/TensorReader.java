package org.mtl4j.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.protocol.tensorflow.TensorShapeProto;
import org.mtl4j.server.request.RequestException;
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
   * @param maxBytes how large a request's tensors may be together: one value may stand for many, so
   *     that a small message can ask for any amount of memory
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
   * Reads the tensors of a request.
   *
   * @param tensors by the input's name
   * @throws RequestException INVALID_ARGUMENT if one is none, or of a type that no request can
   *     carry, or they are too large together
   */
  public SortedMap<String, TensorValue> read(Map<String, TensorProto> tensors) {
    SortedMap<String, TensorValue> values = new TreeMap<>();
    long left = maxBytes;
    for (Map.Entry<String, TensorProto> tensor : new TreeMap<>(tensors).entrySet()) {
      left -= read(tensor.getKey(), tensor.getValue(), left, values);
    }
    return values;
  }

  /**
   * Reads a tensor and says how many bytes it has.
   *
   * @param left bytes that it may have
   * @param values where it goes
   */
  private long read(
      String name, TensorProto tensor, long left, SortedMap<String, TensorValue> values) {
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
    if (bytes > left) {
      throw RequestException.invalid(
          "Input \"%s\": expected at most %d bytes of tensors in a request, found %d more: %s%s"
              .formatted(name, maxBytes, bytes - left, type.label(), shape));
    }
    values.put(
        name,
        type == TensorType.STRING
            ? TensorValue.ofStrings(shape, strings(name, tensor, shape.elements()))
            : TensorValue.ofNumbers(type, shape, numbers(name, tensor, type, shape.elements())));
    return bytes;
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
      checkContent(name, content, type);
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

  /** TensorFlow takes a byte of a boolean as it is, and two true ones could differ. */
  private static void checkContent(String name, ByteString content, TensorType type) {
    if (type != TensorType.BOOL) {
      return;
    }
    for (int i = 0; i < content.size(); i++) {
      if (content.byteAt(i) != 0 && content.byteAt(i) != 1) {
        throw RequestException.invalid(
            "Input \"%s\": expected the bytes 0 and 1 in tensor_content of bool, found another"
                .formatted(name));
      }
    }
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
