package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Reads nested lists of JSON into one tensor. The first way down through the lists says how many
 * dimensions there are, the first list on each level how long all on that level are.
 */
final class TensorBuilder {
  private static final int UNKNOWN = -1;

  /** Whole numbers up to here are exact in 32-bit floating point, and up to there in 64-bit. */
  private static final long MAX_FLOAT = (1L << 24) - 1;

  private static final long MAX_DOUBLE = (1L << 53) - 1;
  private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64);

  /** What a string takes besides its bytes. */
  private static final int STRING_BYTES = 16;

  private final String name;
  private final TensorType type;
  private final RequestLimits limits;
  private final List<Long> sizes = new ArrayList<>();
  private final List<byte[]> strings = new ArrayList<>();
  private ByteBuffer numbers = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
  private int rank = UNKNOWN;
  private long stringBytes;

  /**
   * A tensor without elements.
   *
   * @param name the input's, for messages
   */
  TensorBuilder(String name, TensorType type, RequestLimits limits) {
    this.name = name;
    this.type = type;
    this.limits = limits;
  }

  /**
   * Adds a value or list of values.
   *
   * @param parser at its first token; afterwards at its last one
   * @param level in how many lists of the tensor it lies
   */
  void add(JsonParser parser, int level) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      addList(parser, level);
      return;
    }
    checkLevel(level);
    addValue(parser);
  }

  /**
   * Adds the string of an object {@code {"b64": "..."}}.
   *
   * @param parser at the object's first key; afterwards at its end
   * @param level in how many lists of the tensor it lies
   */
  void addEncoded(JsonParser parser, int level) throws IOException {
    checkLevel(level);
    addString(base64(parser));
  }

  private void checkLevel(int level) {
    if (rank == UNKNOWN) {
      rank = level;
    } else if (rank != level) {
      throw unlike("a value in %d lists".formatted(level), Integer.toString(rank));
    }
  }

  private void addList(JsonParser parser, int level) throws IOException {
    if (rank != UNKNOWN && level >= rank) {
      throw unlike("a list in %d lists".formatted(level), "a value in " + rank);
    }
    long size = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      add(parser, level + 1);
      size++;
    }
    if (rank == UNKNOWN) {
      rank = level + 1;
    }
    close(level, size);
  }

  /**
   * Says how many elements a level's list had; each list of values does so itself.
   *
   * @param level in how many lists of the tensor the list lies
   */
  void close(int level, long size) {
    while (sizes.size() <= level) {
      sizes.add((long) UNKNOWN);
    }
    long known = sizes.get(level);
    if (known != UNKNOWN && known != size) {
      throw unlike("a list of " + size, Long.toString(known));
    }
    sizes.set(level, size);
  }

  private RequestException unlike(String found, String expected) {
    return RequestException.invalid(
        "Input \"%s\": Expecting shape of the values before it, found %s where %s was expected."
            .formatted(name, found, expected));
  }

  private void addValue(JsonParser parser) throws IOException {
    switch (type) {
      case STRING -> addString(string(parser));
      case BOOL -> room(1).put((byte) (bool(parser) ? 1 : 0));
      case FLOAT -> room(4).putFloat(float32(parser));
      case DOUBLE -> room(8).putDouble(float64(parser));
      case INT8 -> room(1).put((byte) whole(parser, Byte.MIN_VALUE, Byte.MAX_VALUE));
      case UINT8 -> room(1).put((byte) whole(parser, 0, 255));
      case INT16 -> room(2).putShort((short) whole(parser, Short.MIN_VALUE, Short.MAX_VALUE));
      case UINT16 -> room(2).putShort((short) whole(parser, 0, 65_535));
      case INT32 -> room(4).putInt((int) whole(parser, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case UINT32 -> room(4).putInt((int) whole(parser, 0, 4_294_967_295L));
      case INT64 -> room(8).putLong(whole(parser, Long.MIN_VALUE, Long.MAX_VALUE));
      case UINT64 -> room(8).putLong(uint64(parser));
      case HALF, BFLOAT16 ->
          throw RequestException.invalid(
              "Input \"%s\": JSON has no numbers of type %s.".formatted(name, type.label()));
    }
  }

  private void addString(byte[] string) {
    stringBytes += STRING_BYTES + string.length;
    limits.checkBytes(name, stringBytes);
    strings.add(string);
  }

  private ByteBuffer room(int bytes) {
    if (numbers.remaining() < bytes) {
      limits.checkBytes(name, (long) numbers.position() + bytes);
      long capacity = Math.min(2L * numbers.capacity(), limits.bytes());
      ByteBuffer larger =
          ByteBuffer.allocate(Math.toIntExact(capacity)).order(ByteOrder.LITTLE_ENDIAN);
      numbers = larger.put(numbers.flip());
    }
    return numbers;
  }

  /** How large it is so far. */
  long bytes() {
    return stringBytes + numbers.position();
  }

  private RequestException typeError(JsonParser parser) {
    return RequestException.invalid(
        "Input \"%s\": JSON Value of type %s is not of expected type: %s"
            .formatted(name, JsonTypes.name(parser.currentToken()), type.label()));
  }

  private byte[] string(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText().getBytes(StandardCharsets.UTF_8);
      case START_OBJECT -> {
        parser.nextToken();
        yield base64(parser);
      }
      default -> throw typeError(parser);
    };
  }

  private byte[] base64(JsonParser parser) throws IOException {
    return Base64Strings.read(parser, "Input \"" + name + "\"");
  }

  private boolean bool(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw typeError(parser);
    };
  }

  private float float32(JsonParser parser) throws IOException {
    boolean meant = isExact(parser, MAX_FLOAT);
    float value = parser.getFloatValue();
    if (!meant && !Float.isFinite(value)) {
      throw lossy();
    }
    return value;
  }

  private double float64(JsonParser parser) throws IOException {
    boolean meant = isExact(parser, MAX_DOUBLE);
    double value = parser.getDoubleValue();
    if (!meant && !Double.isFinite(value)) {
      throw lossy();
    }
    return value;
  }

  /**
   * Whether the next number is a whole one that is taken as it is, or a bare NaN or infinity: to be
   * asked before it is read, for of 1e999 reading makes an infinity that nobody wrote.
   */
  private boolean isExact(JsonParser parser, long maxWhole) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        // 1e20 as JavaScript prints it is a decimal number, but what fits 64 bits is a whole one.
        BigInteger whole = parser.getBigIntegerValue();
        if (whole.signum() > 0 && whole.bitLength() <= 64) {
          throw lossy();
        }
        return false;
      }
      // Not by Math.abs, of which the least long has none.
      if (parser.getLongValue() > maxWhole || parser.getLongValue() < -maxWhole) {
        throw lossy();
      }
      return true;
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
      throw typeError(parser);
    }
    return parser.isNaN();
  }

  private RequestException lossy() {
    return RequestException.invalid(
        "Input \"%s\": Cannot convert JSON value to %s without loss of precision."
            .formatted(name, type.label()));
  }

  private long whole(JsonParser parser, long least, long most) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw typeError(parser);
    }
    boolean isLong = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!isLong || parser.getLongValue() < least || parser.getLongValue() > most) {
      throw typeError(parser);
    }
    return parser.getLongValue();
  }

  private long uint64(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw typeError(parser);
    }
    BigInteger value = parser.getBigIntegerValue();
    if (value.signum() < 0 || value.compareTo(MAX_UINT64) >= 0) {
      throw typeError(parser);
    }
    return value.longValue();
  }

  /** All of the tensors of a request: of each [sizes], or a scalar. */
  static SortedMap<String, TensorValue> build(
      SortedMap<String, TensorBuilder> tensors, RequestLimits limits) {
    SortedMap<String, TensorValue> values = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<String, TensorBuilder> tensor : tensors.entrySet()) {
      bytes += tensor.getValue().bytes();
      limits.checkBytes(tensor.getKey(), bytes);
      values.put(tensor.getKey(), tensor.getValue().build());
    }
    return values;
  }

  private TensorValue build() {
    TensorShape shape = new TensorShape(sizes);
    return type == TensorType.STRING
        ? TensorValue.ofStrings(shape, strings)
        : TensorValue.ofNumbers(type, shape, numbers.flip());
  }
}
