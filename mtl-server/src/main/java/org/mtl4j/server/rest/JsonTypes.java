package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonToken;

/** Kinds of JSON values as messages name them. */
final class JsonTypes {
  private JsonTypes() {}

  static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "Object";
      case START_ARRAY, END_ARRAY -> "Array";
      case VALUE_STRING -> "String";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "Number";
      case VALUE_TRUE -> "True";
      case VALUE_FALSE -> "False";
      case VALUE_NULL -> "Null";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "Unknown";
    };
  }
}
