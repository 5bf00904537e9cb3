package org.mtl4j.server.fuzz;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mtl4j.protocol.ranking.FeedbackRequest;
import org.mtl4j.protocol.ranking.RecommendRequest;
import org.mtl4j.server.feedback.FeedbackReader;
import org.mtl4j.server.grpc.FeedbackMessages;
import org.mtl4j.server.grpc.RecommendMessages;
import org.mtl4j.server.recommend.RecommendReader;
import org.mtl4j.serving.feedback.FeedbackEvent;
import org.mtl4j.serving.ranking.RankingLimits;

/** All that reads requests to recommend and feedback. */
final class RankingReaders {
  private static final RecommendReader RECOMMEND =
      new RecommendReader(new RankingLimits(1_000, 100, 5, 5), Optional.empty());
  private static final FeedbackReader FEEDBACK = new FeedbackReader(1_000);
  private static final FeedbackEvent.Server SERVER =
      new FeedbackEvent.Server("m", OptionalLong.of(1), Optional.empty());
  private static final Instant NOW = Instant.parse("2026-03-31T18:30:00Z");

  private RankingReaders() {}

  static List<FuzzedReader> all() {
    return List.of(
        FuzzedReader.ofText(
            "recommend",
            RECOMMEND::read,
            """
            {'user': {'age': 31, 'country': 'NO', 'new': true}, 'context': {'hour': 7.5},
            'candidates': ['a', 'b', 'c'], 'k': 2, 'by': 'click', 'where': ['stock > 0'],
            'exclude': ['b'], 'at_most': {'brand': 1}, 'explain': true, 'fields': ['price'],
            'request_id': 'r-1'}
            """,
            """
            {'user': {}, 'candidates': [{'id': 'a', 'price': 1}, {'id': 'b', 'price': null}],
            'id': 'id', 'fusion': {'kind': 'product', 'weights': {'click': 1, 'buy': 0.5}}}
            """),
        FuzzedReader.ofText(
            "feedback",
            body -> FEEDBACK.read(body, SERVER, NOW),
            """
            {'impressions': [{'request_id': 'r-1', 'time': '2026-03-31T18:29:00Z', 'user': 'u', 'version': 3, 'variant': 'a',
            'items': ['a', {'item': 'b', 'rank': 2}], 'columns': {'hour': 7}}],
            'outcomes': [{'request_id': 'r-1', 'item': 'b', 'task': 'click', 'value': 1}]}
            """),
        FuzzedReader.ofMessages(
            "RecommendRequest",
            body -> RecommendMessages.request(RecommendRequest.parseFrom(body), RECOMMEND),
            message(
                RecommendRequest.newBuilder(),
                """
                user { columns { key: "age" value { integer: 31 } } }
                ids { ids: "a" ids: "b" } by: "click" k: 2 where: "stock > 0" exclude: "b"
                at_most { key: "brand" value: 1 } explain: true fields: "price" request_id: "r-1"
                """),
            message(
                RecommendRequest.newBuilder(),
                """
                rows { rows { columns { key: "id" value { text: "a" } } } id: "id" }
                fusion { kind: "product" weights { key: "click" value: 0.5 } weights { key: "buy" value: 1 } }
                """)),
        FuzzedReader.ofMessages(
            "FeedbackRequest",
            body -> FeedbackMessages.events(FeedbackRequest.parseFrom(body), FEEDBACK, SERVER, NOW),
            message(
                FeedbackRequest.newBuilder(),
                """
                impressions { request_id: "r-1" user: "u" version: 3 variant: "a" time { seconds: 1774981740 }
                  items { item: "a" rank: 1 } items { item: "b" rank: 2 } }
                outcomes { request_id: "r-1" item: "b" task: "click" value: 1 }
                """)));
  }

  private static Message message(Message.Builder builder, String text) {
    try {
      TextFormat.merge(text, builder);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
    return builder.build();
  }
}
