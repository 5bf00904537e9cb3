package org.mtl4j.serving.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** Events as lines of JSON and back. */
final class FeedbackLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String IMPRESSION = "impression";
  private static final String OUTCOME = "outcome";

  private FeedbackLines() {}

  /**
   * A line of a file.
   *
   * @param logged when it was written
   * @param event what it says
   */
  record Line(Instant logged, FeedbackEvent event) {}

  /** An event's line, with the line break behind it. */
  static byte[] of(FeedbackEvent event, Instant logged) {
    ObjectNode line = JSON.createObjectNode();
    line.put("type", event instanceof FeedbackEvent.Impression ? IMPRESSION : OUTCOME);
    line.put("request_id", event.requestId());
    line.put("time", event.time().toString());
    line.put("logged", logged.toString());
    if (event instanceof FeedbackEvent.Impression impression) {
      write(line, impression);
    } else if (event instanceof FeedbackEvent.Outcome outcome) {
      line.put("item", outcome.item()).put("task", outcome.task()).put("value", outcome.value());
    }
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void write(ObjectNode line, FeedbackEvent.Impression impression) {
    line.put("model", impression.server().model());
    impression.server().version().ifPresent(version -> line.put("version", version));
    impression.server().variant().ifPresent(variant -> line.put("variant", variant));
    impression.viewer().user().ifPresent(user -> line.put("user", user));
    line.set("columns", JSON.valueToTree(impression.viewer().columns()));
    ArrayNode items = line.putArray("items");
    for (FeedbackEvent.Shown shown : impression.items()) {
      ObjectNode item = items.addObject().put("item", shown.item()).put("rank", shown.rank());
      item.set("scores", JSON.valueToTree(shown.scores()));
      item.set("columns", JSON.valueToTree(shown.columns()));
    }
  }

  /**
   * Reads a line.
   *
   * @param place for the message
   * @throws MtlException DATA_FORMAT if it is none of ours
   */
  static Line read(String text, String place) {
    try {
      JsonNode line = JSON.readTree(text);
      Instant time = Instant.parse(line.required("time").asText());
      Instant logged = Instant.parse(line.required("logged").asText());
      String request = line.required("request_id").asText();
      FeedbackEvent event =
          line.required("type").asText().equals(IMPRESSION)
              ? impression(line, request, time)
              : new FeedbackEvent.Outcome(
                  request,
                  time,
                  line.required("item").asText(),
                  line.required("task").asText(),
                  line.required("value").asDouble());
      return new Line(logged, event);
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              place,
              "Expected a line of feedback as a server writes it, found another one.",
              "Take the line out: the others can be read without it."),
          e);
    }
  }

  private static FeedbackEvent.Impression impression(JsonNode line, String request, Instant time) {
    List<FeedbackEvent.Shown> items = new ArrayList<>();
    for (JsonNode item : line.required("items")) {
      Map<String, Double> scores = new LinkedHashMap<>();
      item.required("scores")
          .properties()
          .forEach(score -> scores.put(score.getKey(), score.getValue().asDouble()));
      items.add(
          new FeedbackEvent.Shown(
              item.required("item").asText(),
              item.required("rank").asInt(),
              scores,
              columns(item.required("columns"))));
    }
    return new FeedbackEvent.Impression(
        request,
        time,
        new FeedbackEvent.Server(
            line.required("model").asText(),
            line.has("version")
                ? OptionalLong.of(line.get("version").asLong())
                : OptionalLong.empty(),
            Optional.ofNullable(line.get("variant")).map(JsonNode::asText)),
        new FeedbackEvent.Viewer(
            Optional.ofNullable(line.get("user")).map(JsonNode::asText),
            columns(line.required("columns"))),
        items);
  }

  private static Map<String, Object> columns(JsonNode columns) {
    Map<String, Object> values = new LinkedHashMap<>();
    columns
        .properties()
        .forEach(
            column ->
                values.put(column.getKey(), JSON.convertValue(column.getValue(), Object.class)));
    return values;
  }
}
