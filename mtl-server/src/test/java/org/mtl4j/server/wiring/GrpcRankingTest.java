package org.mtl4j.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Int64Value;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.protocol.ranking.FeedbackRequest;
import org.mtl4j.protocol.ranking.Impression;
import org.mtl4j.protocol.ranking.Outcome;
import org.mtl4j.protocol.ranking.RankingServiceGrpc;
import org.mtl4j.protocol.ranking.RecommendRequest;
import org.mtl4j.protocol.ranking.RecommendResponse;
import org.mtl4j.protocol.ranking.Recommendation;
import org.mtl4j.protocol.ranking.Row;
import org.mtl4j.protocol.ranking.Rows;
import org.mtl4j.protocol.ranking.Shown;
import org.mtl4j.protocol.ranking.Value;
import org.mtl4j.protocol.serving.ModelSpec;

/** {@code mtl4j.RankingService} with grpc-java's own client, beside the same over REST. */
class GrpcRankingTest {
  @TempDir private static Path folder;
  private static ShopServer server;

  @BeforeAll
  static void start() {
    ShopServer.export(folder.resolve("models/3"));
    server =
        ShopServer.start(
            folder.resolve("models"), ShopServer.withFeedback(folder.resolve("feedback")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ModelSpec.Builder shop() {
    return ModelSpec.newBuilder().setName("shop");
  }

  private static Row row(Map<String, Object> columns) {
    Row.Builder row = Row.newBuilder();
    columns.forEach(
        (column, value) ->
            row.putColumns(
                column,
                value instanceof Double number
                    ? Value.newBuilder().setNumber(number).build()
                    : Value.newBuilder().setText((String) value).build()));
    return row.build();
  }

  private static RecommendRequest.Builder request(List<Map<String, Object>> items) {
    return RecommendRequest.newBuilder()
        .setModelSpec(shop())
        .setRequestId("r-1")
        .setUser(row(ShopServer.user(1)))
        .setRows(
            Rows.newBuilder()
                .addAllRows(items.stream().map(GrpcRankingTest::row).toList())
                .setId("item"))
        .setBy("click")
        .setK(7);
  }

  @Test
  void theReplyIsThatOfRest() throws IOException {
    List<Map<String, Object>> items = ShopServer.items(40, 1);
    RecommendResponse reply = server.ranking().recommend(request(items).build());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user", ShopServer.user(1));
    body.put("candidates", items);
    body.put("id", "item");
    body.put("by", "click");
    body.put("k", 7);
    body.put("request_id", "r-2");
    JsonText rest = server.post("shop:recommend", body);
    assertThat(reply.getRequestId()).isEqualTo("r-1");
    assertThat(reply.getModelSpec().getName()).isEqualTo("shop");
    assertThat((double) reply.getModelSpec().getVersion().getValue())
        .isEqualTo(rest.get("version").number())
        .isEqualTo(3);
    assertThat(reply.getBy()).isEqualTo(rest.get("by").text()).isEqualTo("click");
    assertThat((double) reply.getScored()).isEqualTo(rest.get("scored").number()).isEqualTo(40);
    assertThat(reply.getRecommendationsCount()).isEqualTo(7);
    for (int i = 0; i < 7; i++) {
      JsonText same = rest.get("recommendations").get(i);
      Recommendation item = reply.getRecommendations(i);
      assertThat(item.getId()).isEqualTo(same.get("id").text());
      assertThat(item.getRank()).isEqualTo(i + 1);
      assertThat(item.getScore()).isEqualTo(same.get("score").number());
      assertThat(item.getOutputsOrThrow("buy"))
          .isEqualTo((float) same.get("outputs").get("buy").number());
      assertThat(item.getItemOrThrow("price")).isEqualTo(same.get("item").get("price").text());
    }
  }

  @Test
  void refusalsHaveTheirCodes() {
    List<Map<String, Object>> items = ShopServer.items(3, 1);
    assertThat(code(request(items).clearModelSpec())).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code(request(items).setModelSpec(shop().setName("none"))))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(request(items).setModelSpec(shop().setVersion(Int64Value.of(9)))))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(request(items).setModelSpec(shop().setVersionLabel("none"))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code(request(items).setBy("none"))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code(request(items).setK(-1))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code(request(items).clearCandidates())).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code(request(items).clearUser())).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private static Status.Code code(RecommendRequest.Builder request) {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> server.ranking().recommend(request.build()));
    assertThat(failure).as("%s", request).isNotNull();
    return failure.getStatus().getCode();
  }

  @Test
  void feedbackIsWrittenAsThatOverRest() throws IOException {
    FeedbackRequest.Builder request =
        FeedbackRequest.newBuilder()
            .setModelSpec(shop())
            .addImpressions(
                Impression.newBuilder()
                    .setRequestId("g-1")
                    .setVersion(2)
                    .setVariant("canary")
                    .addItems(Shown.newBuilder().setItem("item5")))
            .addOutcomes(
                Outcome.newBuilder()
                    .setRequestId("g-1")
                    .setItem("item5")
                    .setTask("click")
                    .setValue(1));
    assertThat(server.ranking().feedback(request.build()).getAccepted()).isEqualTo(2);
    JsonText rest =
        server.post(
            "shop:feedback",
            """
            {"impressions": [{"request_id": "h-1", "version": "2", "variant": "canary", "items": ["item5"]}],
             "outcomes": [{"request_id": "h-1", "item": "item5", "task": "click", "value": 1}]}""");
    assertThat(rest.get("accepted").number()).isEqualTo(2);
    List<JsonText> ours = lines("g-1");
    List<JsonText> theirs = lines("h-1");
    assertThat(ours).hasSize(2);
    assertThat(ours.get(0).get("version").number()).isEqualTo(2);
    assertThat(ours.get(0).get("variant").text()).isEqualTo("canary");
    assertThat(ours).isEqualTo(theirs);
  }

  /** Without what differs: the request and times. */
  private static List<JsonText> lines(String request) throws IOException {
    List<JsonText> found = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("feedback/feedback-00000001.jsonl"))) {
      if (line.contains('"' + request + '"')) {
        found.add(JsonText.read(line).without("request_id", "time", "logged"));
      }
    }
    return found;
  }

  /** What was shown a while ago may be of a version that has gone, and is never that of now. */
  @Test
  void feedbackForAVersionThatHasGoneIsTaken() throws IOException {
    String shown = "{\"impressions\": [{\"request_id\": \"%s\", \"items\": [\"item5\"]}]}";
    server.post("shop/versions/2:feedback", shown.formatted("old-1"));
    assertThat(lines("old-1").get(0).get("version").number()).isEqualTo(2);
    server.post("shop:feedback", shown.formatted("old-2"));
    assertThat(lines("old-2").get(0).has("version")).isFalse();
    assertThat(server.send("none:feedback", shown.formatted("old-3"), Map.of()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void healthKnowsTheService() {
    assertThat(
            HealthGrpc.newBlockingStub(server.channel())
                .check(
                    HealthCheckRequest.newBuilder()
                        .setService(RankingServiceGrpc.SERVICE_NAME)
                        .build())
                .getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    server.ranking().recommend(request(ShopServer.items(1, 1)).build());
    assertThat(server.metrics()).contains("api=\"Recommend\"").contains("entrypoint=\"GRPC\"");
  }
}
