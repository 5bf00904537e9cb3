package org.mtl4j.server.grpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.protocol.ranking.Contribution;
import org.mtl4j.protocol.ranking.Contributions;
import org.mtl4j.protocol.ranking.RecommendResponse;
import org.mtl4j.protocol.ranking.Recommendation;
import org.mtl4j.protocol.ranking.Row;
import org.mtl4j.protocol.ranking.Value;
import org.mtl4j.server.recommend.RecommendDraft;
import org.mtl4j.server.recommend.RecommendReader;
import org.mtl4j.server.recommend.RecommendReply;
import org.mtl4j.server.recommend.RecommendRequest;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonFields;
import org.mtl4j.serving.ranking.RankedItem;

/** Requests to recommend as messages, and their replies. */
public final class RecommendMessages {
  private static final int USUAL_K = 10;

  private RecommendMessages() {}

  /**
   * What a message asks for, under the same rules as JSON.
   *
   * @param reader whose limits hold
   * @throws RequestException INVALID_ARGUMENT if it has a value that its field does not allow
   */
  public static RecommendRequest request(
      org.mtl4j.protocol.ranking.RecommendRequest message, RecommendReader reader) {
    RecommendDraft draft = new RecommendDraft(reader.limits(), reader.usual());
    int most = reader.limits().candidates();
    draft.user(columns(message.getUser(), "user"));
    draft.context(columns(message.getContext(), "context"));
    if (message.hasIds()) {
      draft.ids(atMost("candidates", most, message.getIds().getIdsList()));
    } else if (message.hasRows()) {
      List<Row> rows = atMost("candidates", most, message.getRows().getRowsList());
      draft.rows(rows.stream().map(row -> columns(row, "candidates")).toList());
      if (!message.getRows().getId().isEmpty()) {
        draft.idColumn(message.getRows().getId());
      }
    }
    if (message.hasBy()) {
      draft.by(message.getBy());
    } else if (message.hasFusion()) {
      draft.fusion(
          message.getFusion().getKind(), new LinkedHashMap<>(message.getFusion().getWeightsMap()));
    }
    draft.k(positive("k", message.getK() == 0 ? USUAL_K : message.getK()));
    message.getWhereList().forEach(draft::where);
    draft.exclude(atMost("exclude", most, message.getExcludeList()));
    message
        .getAtMostMap()
        .forEach((column, items) -> draft.atMost(column, positive("at_most." + column, items)));
    draft.explain(message.getExplain());
    if (message.getFieldsCount() > 0) {
      draft.fields(atMost("fields", RecommendDraft.MOST_COLUMNS, message.getFieldsList()));
    }
    if (!message.getRequestId().isEmpty()) {
      draft.requestId(message.getRequestId());
    }
    return draft.request();
  }

  private static int positive(String key, int number) {
    if (number < 1) {
      throw JsonFields.refusal(key, "at least 1", "less");
    }
    return number;
  }

  private static <T> List<T> atMost(String key, int most, List<T> elements) {
    if (elements.size() > most) {
      throw JsonFields.refusal(key, "at most %d elements".formatted(most), "more");
    }
    return List.copyOf(elements);
  }

  /** A row's columns. */
  static Map<String, Object> columns(Row row, String key) {
    if (row.getColumnsCount() > RecommendDraft.MOST_COLUMNS) {
      throw JsonFields.refusal(
          key, "at most %d columns".formatted(RecommendDraft.MOST_COLUMNS), "more");
    }
    Map<String, Object> columns = new LinkedHashMap<>();
    row.getColumnsMap().forEach((column, value) -> columns.put(column, value(value)));
    return columns;
  }

  private static Object value(Value value) {
    return switch (value.getKindCase()) {
      case TEXT -> value.getText();
      case NUMBER -> value.getNumber();
      case INTEGER -> value.getInteger();
      case FLAG -> value.getFlag();
      case KIND_NOT_SET -> null;
    };
  }

  /** A reply as a message. */
  public static RecommendResponse response(RecommendReply reply) {
    RecommendResponse.Builder message =
        RecommendResponse.newBuilder()
            .setModelSpec(ModelSpecs.of(reply.server().model(), reply.server().version(), ""))
            .setRequestId(reply.requestId())
            .setVariant(reply.server().variant().orElse(""))
            .setBy(reply.result().by())
            .setCandidates(reply.result().counts().candidates())
            .setScored(reply.result().counts().scored())
            .putAllLeftOut(reply.result().counts().left())
            .addAllUnknown(reply.result().unknown());
    for (RankedItem item : reply.result().items()) {
      message.addRecommendations(recommendation(item, reply));
    }
    return message.build();
  }

  private static Recommendation recommendation(RankedItem item, RecommendReply reply) {
    Recommendation.Builder message =
        Recommendation.newBuilder()
            .setRank(item.place().rank())
            .setId(item.id().orElse(""))
            .setScore(item.place().score());
    item.place()
        .scores()
        .forEach((output, score) -> message.putOutputs(output, score.floatValue()));
    item.place()
        .item()
        .forEach(
            (column, value) -> {
              if (reply.fields().isEmpty() || reply.fields().get().contains(column)) {
                message.putItem(column, value);
              }
            });
    item.explanation()
        .forEach(
            (output, contributions) -> message.putExplanation(output, explanation(contributions)));
    return message.build();
  }

  private static Contributions explanation(List<RankedItem.Contribution> contributions) {
    Contributions.Builder message = Contributions.newBuilder();
    contributions.forEach(
        one ->
            message.addContributions(
                Contribution.newBuilder()
                    .setFeature(one.feature())
                    .setGroup(one.group().orElse(""))
                    .setValue(one.value())));
    return message.build();
  }
}
