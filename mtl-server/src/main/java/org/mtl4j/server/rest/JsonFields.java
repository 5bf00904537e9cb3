package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.server.request.RequestException;

/**
 * Values of requests that are no tensors, one by one. Whatever does not fit is refused by the key's
 * path, {@code user.age}, and never by what was found there.
 */
public final class JsonFields {
  private JsonFields() {}

  /** Something that reads the value of a key. */
  @FunctionalInterface
  public interface Field {
    /**
     * Reads it, with the parser at its first token; afterwards at its last one.
     *
     * @throws IOException if it is no JSON
     */
    void read(String key, JsonParser parser) throws IOException;
  }

  /**
   * Reads an object, with the parser at its first token.
   *
   * @param path the object's, empty for the document
   * @throws RequestException INVALID_ARGUMENT if it is none, or a key stands twice
   * @throws IOException if it is no JSON
   */
  public static void object(JsonParser parser, String path, Field field) throws IOException {
    expect(parser, path, JsonToken.START_OBJECT, "an object");
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (!seen.add(key)) {
        throw refusal(path(path, key), "this key once", "it twice");
      }
      parser.nextToken();
      field.read(key, parser);
    }
  }

  /**
   * Reads a list, with the parser at its first token.
   *
   * @param most elements
   * @throws RequestException INVALID_ARGUMENT if it is none, or longer
   * @throws IOException if it is no JSON
   */
  public static void list(JsonParser parser, String path, int most, Field element)
      throws IOException {
    expect(parser, path, JsonToken.START_ARRAY, "a list");
    int size = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (size == most) {
        throw refusal(path, "at most %d elements".formatted(most), "more");
      }
      element.read("%s[%d]".formatted(path, size), parser);
      size++;
    }
  }

  /** The path of a key. */
  public static String path(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /**
   * A text.
   *
   * @throws RequestException INVALID_ARGUMENT if it is none
   * @throws IOException if it is no JSON
   */
  public static String text(JsonParser parser, String path) throws IOException {
    expect(parser, path, JsonToken.VALUE_STRING, "text");
    return parser.getText();
  }

  /**
   * An id: text, or a whole number as it is spelt.
   *
   * @throws RequestException INVALID_ARGUMENT if it is neither, or empty
   * @throws IOException if it is no JSON
   */
  public static String id(JsonParser parser, String path) throws IOException {
    boolean isId =
        parser.currentToken() == JsonToken.VALUE_STRING
            || parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (!isId || parser.getText().isEmpty()) {
      throw refusal(path, "an id, which is text or a whole number", found(parser));
    }
    return parser.getText();
  }

  /**
   * A whole number.
   *
   * @throws RequestException INVALID_ARGUMENT if it is none, or below least
   * @throws IOException if it is no JSON
   */
  public static int whole(JsonParser parser, String path, int least) throws IOException {
    boolean isInt =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT;
    if (!isInt || parser.getIntValue() < least) {
      throw refusal(path, "a whole number of at least " + least, found(parser));
    }
    return parser.getIntValue();
  }

  /**
   * A number that is finite.
   *
   * @throws RequestException INVALID_ARGUMENT if it is none
   * @throws IOException if it is no JSON
   */
  public static double number(JsonParser parser, String path) throws IOException {
    boolean isNumber =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
    double value = isNumber ? parser.getDoubleValue() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw refusal(path, "a finite number", found(parser));
    }
    return value;
  }

  /**
   * True or false.
   *
   * @throws RequestException INVALID_ARGUMENT if it is neither
   */
  public static boolean flag(JsonParser parser, String path) {
    if (!parser.currentToken().isBoolean()) {
      throw refusal(path, "true or false", found(parser));
    }
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  /**
   * Texts, or whole numbers as they are spelt.
   *
   * @param most elements
   * @throws RequestException INVALID_ARGUMENT if it is no list of such, or longer
   * @throws IOException if it is no JSON
   */
  public static List<String> ids(JsonParser parser, String path, int most) throws IOException {
    List<String> ids = new ArrayList<>();
    list(parser, path, most, (place, element) -> ids.add(id(element, place)));
    return ids;
  }

  /**
   * Columns of a row: text, numbers with all their digits, true and false; null is missing.
   *
   * @param most columns
   * @throws RequestException INVALID_ARGUMENT if it is no object of such, or has more
   * @throws IOException if it is no JSON
   */
  public static Map<String, Object> columns(JsonParser parser, String path, int most)
      throws IOException {
    Map<String, Object> columns = new LinkedHashMap<>();
    object(
        parser,
        path,
        (key, value) -> {
          if (columns.size() == most) {
            throw refusal(path, "at most %d columns".formatted(most), "more");
          }
          columns.put(key, column(value, path(path, key)));
        });
    return columns;
  }

  private static Object column(JsonParser parser, String path) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw refusal(path, "text, a number, true, false or null", found(parser));
    };
  }

  private static void expect(JsonParser parser, String path, JsonToken expected, String what) {
    if (parser.currentToken() != expected) {
      throw refusal(path.isEmpty() ? "the body" : path, what, found(parser));
    }
  }

  private static String found(JsonParser parser) {
    return "a JSON value of type " + JsonTypes.name(parser.currentToken());
  }

  /** The refusal of a value. */
  public static RequestException refusal(String path, String expected, String found) {
    return RequestException.invalid("%s: expected %s, found %s".formatted(path, expected, found));
  }

  /** The refusal of a key that nothing reads. */
  public static RequestException unknown(String path, Iterable<String> known) {
    return RequestException.invalid(
        "%s: there is no such key, but %s".formatted(path, String.join(", ", known)));
  }
}
