package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.mtl4j.server.request.RequestException;

/** Strings of any bytes: objects whose only key has them in base 64. */
final class Base64Strings {
  /** That key. */
  static final String KEY = "b64";

  /** Encoders break lines; TensorFlow Serving's decoder passes over that, and over nothing else. */
  private static final Pattern WHITESPACE = Pattern.compile("[ \\t\\n\\x0B\\f\\r]+");

  private Base64Strings() {}

  /**
   * Reads one.
   *
   * @param parser at the object's first key; afterwards at its end
   * @param place what it belongs to, for messages
   */
  static byte[] read(JsonParser parser, String place) throws IOException {
    if (KEY.equals(parser.currentName()) && parser.nextToken() == JsonToken.VALUE_STRING) {
      String text = parser.getText();
      if (parser.nextToken() == JsonToken.END_OBJECT) {
        try {
          return Base64.getDecoder().decode(WHITESPACE.matcher(text).replaceAll(""));
        } catch (IllegalArgumentException e) {
          throw RequestException.invalid(place + ": Unable to base64 decode");
        }
      }
    }
    throw RequestException.invalid(place + ": JSON Value not formatted correctly for base64 data");
  }
}
