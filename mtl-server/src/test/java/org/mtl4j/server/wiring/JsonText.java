package org.mtl4j.server.wiring;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON as a test reads and writes it, by protobuf's own reader. */
record JsonText(Value value) {
  static JsonText read(String text) {
    try {
      Value.Builder value = Value.newBuilder();
      JsonFormat.parser().merge(text, value);
      return new JsonText(value.build());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Of maps, lists, texts without quotes, numbers and booleans; whole numbers stay whole. */
  static String write(Object written) {
    if (written instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(field -> "\"" + field.getKey() + "\": " + write(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (written instanceof List<?> list) {
      return list.stream().map(JsonText::write).collect(Collectors.joining(", ", "[", "]"));
    }
    if (written instanceof Double number && number.isNaN()) {
      return "null";
    }
    return written instanceof String text ? "\"" + text + "\"" : String.valueOf(written);
  }

  JsonText get(String key) {
    return new JsonText(value.getStructValue().getFieldsOrThrow(key));
  }

  JsonText get(int index) {
    return new JsonText(value.getListValue().getValues(index));
  }

  boolean has(String key) {
    return value.getStructValue().containsFields(key);
  }

  JsonText without(String... keys) {
    Struct.Builder fields = value.getStructValue().toBuilder();
    for (String key : keys) {
      fields.removeFields(key);
    }
    return new JsonText(Value.newBuilder().setStructValue(fields).build());
  }

  List<JsonText> elements() {
    return value.getListValue().getValuesList().stream().map(JsonText::new).toList();
  }

  String text() {
    return value.getStringValue();
  }

  double number() {
    return value.getNumberValue();
  }
}
