package org.mtl4j.data.source.sql;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error of DuckDB's, read from the JSON that it gives instead of a message.
 *
 * @param type {@code Binder}, {@code Parser}, {@code IO}; empty where it does not say
 * @param subtype {@code COLUMN_NOT_FOUND}; empty where it does not say
 * @param text what is wrong, in one line
 * @param position where in the query, in bytes from 0
 */
record DuckDbError(String type, String subtype, String text, OptionalInt position) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

  /** Reads a message, with or without JSON in it. */
  static DuckDbError of(String message) {
    if (message == null || !message.contains("\"exception_message\"")) {
      return new DuckDbError("", "", line(String.valueOf(message)), OptionalInt.empty());
    }
    String position = field(message, "position");
    return new DuckDbError(
        field(message, "exception_type"),
        field(message, "error_subtype"),
        line(field(message, "exception_message")),
        position.matches("\\d{1,9}")
            ? OptionalInt.of(Integer.parseInt(position))
            : OptionalInt.empty());
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*+)\"").matcher(json);
    return matcher.find() ? unescape(matcher.group(1)) : "";
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match -> {
              String code = match.group(1);
              String plain =
                  switch (code.charAt(0)) {
                    case 'n', 'r', 't' -> " ";
                    case 'u' -> Character.toString((char) Integer.parseInt(code.substring(1), 16));
                    default -> code;
                  };
              return Matcher.quoteReplacement(plain);
            });
  }

  /** One line without the full stop at its end. */
  private static String line(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("[.\\s]+$", "");
  }
}
