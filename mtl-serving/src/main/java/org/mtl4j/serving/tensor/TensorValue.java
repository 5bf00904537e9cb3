package org.mtl4j.serving.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A tensor: its elements row by row, numbers as little-endian bytes, which every protocol and
 * TensorFlow itself copy as a whole, strings one by one. Immutable as long as nobody writes to what
 * it was made of.
 */
public final class TensorValue {
  private static final ByteBuffer NO_NUMBERS = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final TensorType type;
  private final TensorShape shape;
  private final ByteBuffer numbers;
  private final List<byte[]> strings;

  private TensorValue(
      TensorType type, TensorShape shape, ByteBuffer numbers, List<byte[]> strings) {
    this.type = type;
    this.shape = shape;
    this.numbers = numbers;
    this.strings = strings;
  }

  /**
   * A tensor of numbers.
   *
   * @param type any but {@link TensorType#STRING}
   * @param numbers the elements, from its position to its limit, little-endian; not copied
   * @throws IllegalArgumentException if these are not as many bytes as the shape asks for
   */
  public static TensorValue ofNumbers(TensorType type, TensorShape shape, ByteBuffer numbers) {
    if (type == TensorType.STRING) {
      throw new IllegalArgumentException("expected a type of numbers, found string");
    }
    long expected = (long) shape.elements() * type.bytes();
    if (numbers.remaining() != expected) {
      throw new IllegalArgumentException(
          "expected %d bytes of %s for the shape %s, found %d"
              .formatted(expected, type.label(), shape, numbers.remaining()));
    }
    return new TensorValue(type, shape, numbers.slice().asReadOnlyBuffer(), List.of());
  }

  /**
   * A tensor of strings.
   *
   * @param strings the elements; neither the list nor its arrays are copied
   * @throws IllegalArgumentException if these are not as many as the shape asks for
   */
  public static TensorValue ofStrings(TensorShape shape, List<byte[]> strings) {
    if (strings.size() != shape.elements()) {
      throw new IllegalArgumentException(
          "expected %d strings for the shape %s, found %d"
              .formatted(shape.elements(), shape, strings.size()));
    }
    return new TensorValue(TensorType.STRING, shape, NO_NUMBERS, strings);
  }

  /** A list of floats: [values]. */
  public static TensorValue floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return ofNumbers(TensorType.FLOAT, TensorShape.of(values.length), bytes);
  }

  /** A list of strings in UTF-8: [values]. */
  public static TensorValue strings(String... values) {
    return ofStrings(
        TensorShape.of(values.length),
        List.of(values).stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** What its elements are. */
  public TensorType type() {
    return type;
  }

  /** The sizes of its dimensions. */
  public TensorShape shape() {
    return shape;
  }

  /** The numbers' bytes, a little-endian view of its own; nothing for strings. */
  public ByteBuffer numbers() {
    return numbers.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The strings, not copied; nothing for numbers. */
  public List<byte[]> strings() {
    return strings;
  }

  /** Type and shape, and none of the elements: these are somebody's data. */
  @Override
  public String toString() {
    return type.label() + shape;
  }
}
