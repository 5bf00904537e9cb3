package org.mtl4j.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * The columns and their values. Whole numbers stay text, so that an id of 19 digits keeps them
   * all.
   *
   * @param json an object, or the name of a file
   * @throws MtlException FILE_MISSING or REQUEST_INVALID
   */
  static Map<String, Object> parse(String json) {
    boolean inline = json.stripLeading().startsWith("{");
    String text = inline ? json : read(Path.of(json));
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
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
    node.properties().forEach(field -> user.put(field.getKey(), value(field)));
    return user;
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

  private static Object value(Map.Entry<String, JsonNode> field) {
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
    return value.isNumber() && !value.isIntegralNumber() ? value.doubleValue() : value.asText();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              OPTION,
              "Expected a JSON object or the name of a file that holds one, found \""
                  + file
                  + "\", which cannot be read.",
              "In a shell, put the object in single quotes: --user '{\"user_id\": 196}'."),
          e);
    }
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
