package org.mtl4j.server.recommend;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.server.rest.JsonBodies;
import org.mtl4j.serving.ranking.RankedItem;
import org.mtl4j.serving.ranking.RankingResult;

/** Writes replies to requests to recommend. */
public final class RecommendWriter {
  private RecommendWriter() {}

  /** A reply's body. */
  public static byte[] write(RecommendReply reply) {
    return JsonBodies.write(
        json -> {
          json.writeStringField("request_id", reply.requestId());
          json.writeStringField("model", reply.server().model());
          json.writeNumberField("version", reply.server().version());
          if (reply.server().variant().isPresent()) {
            json.writeStringField("variant", reply.server().variant().get());
          }
          RankingResult result = reply.result();
          json.writeStringField("by", result.by());
          json.writeArrayFieldStart("recommendations");
          for (RankedItem item : result.items()) {
            write(json, item, reply.fields());
          }
          json.writeEndArray();
          write(json, result);
        });
  }

  private static void write(JsonGenerator json, RankingResult result) throws IOException {
    json.writeNumberField("candidates", result.counts().candidates());
    json.writeNumberField("scored", result.counts().scored());
    json.writeObjectFieldStart("left_out");
    for (Map.Entry<String, Integer> reason : result.counts().left().entrySet()) {
      json.writeNumberField(reason.getKey(), reason.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("unknown");
    for (String id : result.unknown()) {
      json.writeString(id);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, RankedItem item, Optional<List<String>> fields)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("rank", item.place().rank());
    if (item.id().isPresent()) {
      json.writeStringField("id", item.id().get());
    }
    json.writeNumberField("score", item.place().score());
    json.writeObjectFieldStart("outputs");
    for (Map.Entry<String, Double> output : item.place().scores().entrySet()) {
      json.writeNumberField(output.getKey(), output.getValue().floatValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("item");
    for (Map.Entry<String, String> column : item.place().item().entrySet()) {
      if (fields.isEmpty() || fields.get().contains(column.getKey())) {
        json.writeStringField(column.getKey(), column.getValue());
      }
    }
    json.writeEndObject();
    if (!item.explanation().isEmpty()) {
      writeExplanation(json, item.explanation());
    }
    json.writeEndObject();
  }

  private static void writeExplanation(
      JsonGenerator json, Map<String, List<RankedItem.Contribution>> explanation)
      throws IOException {
    json.writeObjectFieldStart("explanation");
    for (Map.Entry<String, List<RankedItem.Contribution>> output : explanation.entrySet()) {
      json.writeArrayFieldStart(output.getKey());
      for (RankedItem.Contribution contribution : output.getValue()) {
        json.writeStartObject();
        json.writeStringField("feature", contribution.feature());
        if (contribution.group().isPresent()) {
          json.writeStringField("group", contribution.group().get());
        }
        json.writeNumberField("value", contribution.value());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
