package org.mtl4j.server.recommend;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonBodies;
import org.mtl4j.server.rest.JsonFields;
import org.mtl4j.serving.ranking.RankingLimits;
import org.mtl4j.serving.ranking.RankingRequest;

/**
 * Reads the body of {@code :recommend}. Nothing is kept beyond the limits while it is read. Safe
 * for several threads.
 *
 * @param limits of a request
 * @param usual what to rank by where the body does not say; empty: the last binary output
 */
public record RecommendReader(RankingLimits limits, Optional<RankingRequest.Order> usual) {
  private static final String ALL = "all";
  private static final List<String> KEYS =
      List.of(
          "user",
          "context",
          "candidates",
          "id",
          "k",
          "by",
          "fusion",
          "where",
          "exclude",
          "at_most",
          "explain",
          "fields",
          "request_id");

  /**
   * Reads a body.
   *
   * @throws RequestException INVALID_ARGUMENT if it is no JSON, has a key that nothing reads, or a
   *     value that its key does not allow
   */
  public RecommendRequest read(byte[] json) {
    return JsonBodies.read(
        json,
        parser -> {
          RecommendDraft draft = new RecommendDraft(limits, usual);
          JsonFields.object(parser, "", (key, value) -> read(draft, key, value));
          return draft.request();
        });
  }

  private void read(RecommendDraft draft, String key, JsonParser value) throws IOException {
    switch (key) {
      case "user" -> draft.user(columns(value, key));
      case "context" -> draft.context(columns(value, key));
      case "candidates" -> readCandidates(draft, value, key);
      case "id" -> draft.idColumn(JsonFields.text(value, key));
      case "k" -> draft.k(JsonFields.whole(value, key, 1));
      case "by" -> draft.by(JsonFields.text(value, key));
      case "fusion" -> readFusion(draft, value, key);
      case "where" -> readConditions(draft, value, key);
      case "exclude" -> draft.exclude(JsonFields.ids(value, key, limits.candidates()));
      case "at_most" ->
          JsonFields.object(
              value,
              key,
              (column, most) ->
                  draft.atMost(column, JsonFields.whole(most, JsonFields.path(key, column), 1)));
      case "explain" -> draft.explain(JsonFields.flag(value, key));
      case "fields" -> draft.fields(JsonFields.ids(value, key, RecommendDraft.MOST_COLUMNS));
      case "request_id" -> draft.requestId(JsonFields.id(value, key));
      default -> throw JsonFields.unknown(key, KEYS);
    }
  }

  private static Map<String, Object> columns(JsonParser parser, String path) throws IOException {
    return JsonFields.columns(parser, path, RecommendDraft.MOST_COLUMNS);
  }

  private void readCandidates(RecommendDraft draft, JsonParser parser, String key)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      if (!parser.getText().equals(ALL)) {
        throw JsonFields.refusal(key, "\"all\", ids or rows", "another text");
      }
      return;
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    JsonFields.list(
        parser,
        key,
        limits.candidates(),
        (path, element) -> {
          if (element.currentToken() == JsonToken.START_OBJECT) {
            rows.add(columns(element, path));
          } else {
            ids.add(JsonFields.id(element, path));
          }
          if (!rows.isEmpty() && !ids.isEmpty()) {
            throw JsonFields.refusal(path, "ids alone, or rows alone", "both");
          }
        });
    if (rows.isEmpty()) {
      draft.ids(ids);
    } else {
      draft.rows(rows);
    }
  }

  private static void readConditions(RecommendDraft draft, JsonParser parser, String key)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      draft.where(JsonFields.text(parser, key));
    } else {
      JsonFields.list(
          parser,
          key,
          Integer.MAX_VALUE,
          (path, element) -> draft.where(JsonFields.text(element, path)));
    }
  }

  private static void readFusion(RecommendDraft draft, JsonParser parser, String key)
      throws IOException {
    Map<String, Double> weights = new LinkedHashMap<>();
    List<String> kinds = new ArrayList<>();
    JsonFields.object(
        parser,
        key,
        (field, value) -> {
          String path = JsonFields.path(key, field);
          switch (field) {
            case "kind" -> kinds.add(JsonFields.text(value, path));
            case "weights" ->
                JsonFields.object(
                    value,
                    path,
                    (output, weight) ->
                        weights.put(
                            output, JsonFields.number(weight, JsonFields.path(path, output))));
            default -> throw JsonFields.unknown(path, List.of("kind", "weights"));
          }
        });
    draft.fusion(kinds.isEmpty() ? "" : kinds.get(0), weights);
  }
}
