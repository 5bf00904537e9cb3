package org.mtl4j.cli.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** A user given on the command line: a JSON object of columns, or a file that holds one. */
final class UserJson {
  private static final String OPTION = "--user";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private UserJson() {}

  /**
   * The columns and their values. Numbers stay the text that was typed, as in a file: so an id of
   * 19 digits keeps them all, and 1.10 is another than 1.1.
   *
   * @param json an object, or the name of a file
   * @throws MtlException FILE_MISSING or REQUEST_INVALID
   */
  static Map<String, Object> parse(String json) {
    boolean inline = json.stripLeading().startsWith("{");
    String text = inline ? json : read(json);
    JsonNode node;
    Map<String, String> numbers;
    try {
      node = MAPPER.readTree(text);
      numbers = numbers(text);
    } catch (JsonProcessingException e) {
      throw invalid(
          "Expected a JSON object, found text that is not JSON%s: %s"
              .formatted(place(e), Excerpt.of(firstLine(e.getOriginalMessage()))));
    }
    if (!node.isObject()) {
      throw invalid(
          "Expected a JSON object of columns, found \"" + Excerpt.of(text.strip()) + "\"");
    }
    Map<String, Object> user = new LinkedHashMap<>();
    node.properties()
        .forEach(field -> user.put(field.getKey(), value(field, numbers.get(field.getKey()))));
    return user;
  }

  /** The numbers of an object as they were typed: a tree has their values alone. */
  private static Map<String, String> numbers(String text) throws JsonProcessingException {
    Map<String, String> numbers = new HashMap<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken().isNumeric()) {
          numbers.put(key, parser.getText());
        }
        parser.skipChildren();
      }
      return numbers;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot be read", e);
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static Object value(Map.Entry<String, JsonNode> field, String number) {
    JsonNode value = field.getValue();
    if (value.isContainerNode()) {
      throw invalid(
          "Expected a number, text, true, false or null as \""
              + Excerpt.of(field.getKey())
              + "\", found "
              + Excerpt.of(value.toString()));
    }
    if (value.isNull()) {
      return null;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return value.isNumber() ? number : value.asText();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (InvalidPathException e) {
      throw unreadable(Excerpt.of(file), e);
    }
  }

  private static MtlException unreadable(String file, Exception cause) {
    return new MtlException(
        new Problem(
            ErrorCode.FILE_MISSING,
            OPTION,
            "Expected a JSON object or the name of a file that holds one, found \""
                + file
                + "\", which cannot be read.",
            "In a shell, put the object in single quotes: --user '{\"user_id\": 196}'."),
        cause);
  }

  private static MtlException invalid(String what) {
    return new MtlException(
        new Problem(
            ErrorCode.REQUEST_INVALID,
            OPTION,
            what + ".",
            "Write it like {\"user_id\": 196, \"hour\": null}."));
  }
}
