package org.mtl4j.server.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;

/** Messages whose fields are changed: what comes of them is a message all the same. */
final class MessageMutations {
  private static final List<Long> NUMBERS =
      List.of(
          0L,
          1L,
          2L,
          -1L,
          7L,
          255L,
          1L << 20,
          1L << 28,
          (1L << 31) - 1,
          1L << 31,
          1L << 40,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private MessageMutations() {}

  /** A message with one field changed, of its own or of one of those within it. */
  static Message change(Random random, Message message) {
    Message.Builder changed = message.toBuilder();
    List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
    if (fields.isEmpty()) {
      return message;
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    List<FieldDescriptor> filled = List.copyOf(message.getAllFields().keySet());
    if (!filled.isEmpty() && random.nextInt(4) > 0) {
      // More often what is there than what is not.
      field = filled.get(random.nextInt(filled.size()));
    }
    if (!field.isRepeated()) {
      if (random.nextInt(8) == 0) {
        changed.clearField(field);
      } else {
        changed.setField(field, value(random, changed, field, message.getField(field)));
      }
      return changed.build();
    }
    int count = message.getRepeatedFieldCount(field);
    int one = count == 0 ? 0 : random.nextInt(count);
    switch (random.nextInt(count == 0 ? 1 : 5)) {
      case 0 -> changed.addRepeatedField(field, value(random, changed, field, null));
      case 1 -> changed.addRepeatedField(field, message.getRepeatedField(field, one));
      case 2 -> changed.clearField(field);
      default ->
          changed.setRepeatedField(
              field, one, value(random, changed, field, message.getRepeatedField(field, one)));
    }
    return changed.build();
  }

  /**
   * A value for a field.
   *
   * @param old what it has; null if there is none
   */
  private static Object value(
      Random random, Message.Builder owner, FieldDescriptor field, Object old) {
    long number = NUMBERS.get(random.nextInt(NUMBERS.size()));
    return switch (field.getJavaType()) {
      case INT -> (int) number;
      case LONG -> number;
      case FLOAT -> Float.intBitsToFloat(random.nextInt());
      case DOUBLE -> Double.longBitsToDouble(random.nextLong());
      case BOOLEAN -> random.nextBoolean();
      case STRING -> random.nextInt(3) == 0 ? "" : random.nextBoolean() ? "x" : "a/b:\u0000\uFFFF";
      case BYTE_STRING -> bytes(random);
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(30));
      case MESSAGE ->
          change(
              random,
              old instanceof Message message ? message : owner.newBuilderForField(field).build());
    };
  }

  private static ByteString bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(40)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
