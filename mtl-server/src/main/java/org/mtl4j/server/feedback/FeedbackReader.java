package org.mtl4j.server.feedback;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonBodies;
import org.mtl4j.server.rest.JsonFields;
import org.mtl4j.serving.feedback.FeedbackEvent;

/**
 * Reads the body of {@code :feedback}. Safe for several threads.
 *
 * @param most events of a request, items of impressions counted one by one
 */
public record FeedbackReader(int most) {
  /** What is usual. */
  public static final FeedbackReader DEFAULT = new FeedbackReader(10_000);

  private static final int MOST_COLUMNS = 1_000;
  private static final List<String> KEYS = List.of("impressions", "outcomes");
  private static final List<String> IMPRESSION =
      List.of("request_id", "time", "version", "variant", "user", "items", "columns");
  private static final List<String> SHOWN = List.of("item", "rank");
  private static final List<String> OUTCOME =
      List.of("request_id", "time", "item", "task", "value");

  /**
   * Reads a body.
   *
   * @param server whose recommendations were shown
   * @param now for what says no time
   * @return the events, at least one
   * @throws RequestException INVALID_ARGUMENT if it is no JSON, has a key that nothing reads, or a
   *     value that its key does not allow
   */
  public List<FeedbackEvent> read(byte[] json, FeedbackEvent.Server server, Instant now) {
    return JsonBodies.read(
        json,
        parser -> {
          FeedbackDraft draft = new FeedbackDraft(most, server, now);
          JsonFields.object(
              parser,
              "",
              (key, value) -> {
                switch (key) {
                  case "impressions" ->
                      JsonFields.list(
                          value, key, most, (path, one) -> readImpression(draft, path, one));
                  case "outcomes" ->
                      JsonFields.list(
                          value, key, most, (path, one) -> readOutcome(draft, path, one));
                  default -> throw JsonFields.unknown(key, KEYS);
                }
              });
          return draft.events();
        });
  }

  private void readImpression(FeedbackDraft draft, String path, JsonParser parser)
      throws IOException {
    FeedbackDraft.Impression impression = new FeedbackDraft.Impression(path);
    JsonFields.object(
        parser,
        path,
        (key, value) -> {
          String place = JsonFields.path(path, key);
          switch (key) {
            case "request_id" -> impression.requestId = JsonFields.id(value, place);
            case "time" -> impression.time = time(value, place);
            case "version" -> impression.version = OptionalLong.of(version(value, place));
            case "variant" -> impression.variant = JsonFields.text(value, place);
            case "user" -> impression.user = JsonFields.id(value, place);
            case "columns" -> impression.columns = JsonFields.columns(value, place, MOST_COLUMNS);
            case "items" ->
                JsonFields.list(
                    value, place, most, (at, one) -> impression.items.add(shown(at, one)));
            default -> throw JsonFields.unknown(place, IMPRESSION);
          }
        });
    draft.add(impression);
  }

  /** A number, or its digits as text, as replies have it. */
  private static long version(JsonParser parser, String path) throws IOException {
    try {
      return Long.parseLong(JsonFields.id(parser, path));
    } catch (NumberFormatException e) {
      throw JsonFields.refusal(path, "a version's number", "another text");
    }
  }

  /** An item by its id alone, with a rank by its place; or an object that says both. */
  private static FeedbackDraft.Item shown(String path, JsonParser parser) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      return new FeedbackDraft.Item(JsonFields.id(parser, path), 0);
    }
    List<String> id = new ArrayList<>();
    int[] rank = new int[1];
    JsonFields.object(
        parser,
        path,
        (key, value) -> {
          String place = JsonFields.path(path, key);
          switch (key) {
            case "item" -> id.add(JsonFields.id(value, place));
            case "rank" -> rank[0] = JsonFields.whole(value, place, 1);
            default -> throw JsonFields.unknown(place, SHOWN);
          }
        });
    if (id.isEmpty()) {
      throw JsonFields.refusal(JsonFields.path(path, "item"), "an id", "none");
    }
    return new FeedbackDraft.Item(id.get(0), rank[0]);
  }

  private static void readOutcome(FeedbackDraft draft, String path, JsonParser parser)
      throws IOException {
    FeedbackDraft.Outcome outcome = new FeedbackDraft.Outcome(path);
    JsonFields.object(
        parser,
        path,
        (key, value) -> {
          String place = JsonFields.path(path, key);
          switch (key) {
            case "request_id" -> outcome.requestId = JsonFields.id(value, place);
            case "time" -> outcome.time = time(value, place);
            case "item" -> outcome.item = JsonFields.id(value, place);
            case "task" -> outcome.task = JsonFields.text(value, place);
            case "value" -> outcome.value = JsonFields.number(value, place);
            default -> throw JsonFields.unknown(place, OUTCOME);
          }
        });
    draft.add(outcome);
  }

  private static Instant time(JsonParser parser, String path) throws IOException {
    try {
      return Instant.parse(JsonFields.text(parser, path));
    } catch (DateTimeParseException e) {
      throw JsonFields.refusal(path, "a time like 2026-03-31T18:30:00Z", "another text");
    }
  }

  /** The reply's body: how many events were written. */
  public static byte[] reply(int accepted) {
    return JsonBodies.write(json -> json.writeNumberField("accepted", accepted));
  }
}
