package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.mtl4j.server.example.ExampleWriter;
import org.mtl4j.server.request.RequestException;

/**
 * Reads a value of an example's feature: whole numbers and booleans are integers, numbers with a
 * point or an exponent, NaN and infinities floats, texts and {@code {"b64": ...}} bytes.
 */
final class FeatureValues {
  private FeatureValues() {}

  /**
   * Adds a value.
   *
   * @param parser at its first token; afterwards at its last one
   */
  static void add(JsonParser parser, String feature, ExampleWriter example) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_TRUE -> example.addInteger(1);
      case VALUE_FALSE -> example.addInteger(0);
      case VALUE_STRING -> example.addBytes(parser.getText().getBytes(StandardCharsets.UTF_8));
      case VALUE_NUMBER_INT -> addWhole(parser, feature, example);
      case VALUE_NUMBER_FLOAT -> addFloat(parser, feature, example);
      case START_OBJECT -> {
        if (parser.nextToken() != JsonToken.FIELD_NAME
            || !parser.currentName().equals(Base64Strings.KEY)) {
          throw unexpected(feature, JsonToken.START_OBJECT);
        }
        example.addBytes(Base64Strings.read(parser, "Feature: " + feature));
      }
      default -> throw unexpected(feature, parser.currentToken());
    }
  }

  private static RequestException unexpected(String feature, JsonToken token) {
    return RequestException.invalid(
        "Feature: %s has element with unexpected JSON type: %s"
            .formatted(feature, JsonTypes.name(token)));
  }

  private static void addWhole(JsonParser parser, String feature, ExampleWriter example)
      throws IOException {
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      example.addInteger(parser.getLongValue());
      return;
    }
    // As everywhere: beyond 64 bits, 1e20 as JavaScript prints it, it is a decimal number.
    BigInteger whole = parser.getBigIntegerValue();
    if (whole.signum() > 0 && whole.bitLength() <= 64) {
      throw RequestException.invalid(
          "Feature: " + feature + " has uint64 element. Only int64 is supported.");
    }
    addFloat(parser, feature, example);
  }

  private static void addFloat(JsonParser parser, String feature, ExampleWriter example)
      throws IOException {
    // To be asked before it is read, for of 1e999 reading makes an infinity that nobody wrote.
    boolean meant = parser.isNaN();
    float value = parser.getFloatValue();
    if (!meant && !Float.isFinite(value)) {
      throw RequestException.invalid(
          "Feature: %s: Cannot convert JSON value to float without loss of precision."
              .formatted(feature));
    }
    example.addFloat(value);
  }
}
