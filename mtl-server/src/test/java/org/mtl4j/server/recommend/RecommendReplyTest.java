package org.mtl4j.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.protocol.ranking.RecommendResponse;
import org.mtl4j.server.grpc.RecommendMessages;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.ranking.RankedItem;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.serving.ranking.Recommendation;

class RecommendReplyTest {
  private static RecommendReply reply(Optional<List<String>> fields) {
    RankedItem item =
        new RankedItem(
            Optional.of("i7"),
            new Recommendation(
                1, Map.of("title", "Caf\u00e9"), 0.1f, Map.of("click", (double) 0.1f)),
            Map.of(
                "click", List.of(new RankedItem.Contribution("age", Optional.of("user"), -0.5))));
    return new RecommendReply(
        "r-1",
        new RecommendReply.Server("shop", 3, Optional.of("canary")),
        new RankingResult(
            "click",
            List.of(item),
            new RankingResult.Counts(4, 2, Map.of("excluded", 1)),
            List.of("x")),
        fields);
  }

  private static String json(RecommendReply reply) {
    return new String(RecommendWriter.write(reply), StandardCharsets.UTF_8);
  }

  @Test
  void replyHasRanksScoresAndWhatBecameOfTheOthers() {
    assertThat(json(reply(Optional.empty())))
        .isEqualTo(
            "{\"request_id\":\"r-1\",\"model\":\"shop\",\"version\":3,\"variant\":\"canary\",\"by\":\"click\","
                + "\"recommendations\":[{\"rank\":1,\"id\":\"i7\",\"score\":0.10000000149011612,"
                + "\"outputs\":{\"click\":0.1},\"item\":{\"title\":\"Caf\u00e9\"},"
                + "\"explanation\":{\"click\":[{\"feature\":\"age\",\"group\":\"user\",\"value\":-0.5}]}}],"
                + "\"candidates\":4,\"scored\":2,\"left_out\":{\"excluded\":1},\"unknown\":[\"x\"]}");
    assertThat(json(reply(Optional.of(List.of("price"))))).contains("\"item\":{}");
  }

  @Test
  void messageSaysTheSame() {
    RecommendResponse message = RecommendMessages.response(reply(Optional.empty()));
    assertThat(message.getRequestId()).isEqualTo("r-1");
    assertThat(message.getModelSpec().getVersion().getValue()).isEqualTo(3);
    assertThat(message.getVariant()).isEqualTo("canary");
    assertThat(message.getRecommendations(0).getId()).isEqualTo("i7");
    assertThat(message.getRecommendations(0).getOutputsMap()).containsEntry("click", 0.1f);
    assertThat(message.getRecommendations(0).getItemMap()).containsEntry("title", "Caf\u00e9");
    assertThat(
            message
                .getRecommendations(0)
                .getExplanationOrThrow("click")
                .getContributions(0)
                .getValue())
        .isEqualTo(-0.5);
    assertThat(message.getLeftOutMap()).containsEntry("excluded", 1);
    assertThat(message.getUnknownList()).containsExactly("x");
  }

  @Test
  void failuresNameColumnsOfTheModelAndNoValues() {
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT,
            "m",
            "development",
            List.of(
                new ModelManifest.Input(
                    "age", "age", ModelManifest.Kind.NUMERIC, Optional.empty(), Optional.empty())),
            List.of(),
            List.of(),
            Explanation.NONE,
            List.of(),
            Map.of(),
            new ModelManifest.Certificate(1, 0),
            Map.of());
    MtlException value =
        new MtlException(
            new Problem(
                ErrorCode.DATA_VALUE,
                "row 3",
                "The column \"age\" is used as a number, and \"secret\" is not one.",
                "Leave \"secret\" out."));
    assertThat(RankingFailures.of(value, manifest))
        .hasMessage(
            "Column \"age\": a value of the user or a candidate is of another kind than it is read"
                + " as.");
    assertThat(RankingFailures.of(value, manifest).code()).isEqualTo(StatusCode.INVALID_ARGUMENT);
    MtlException fault = new MtlException(Problem.of(ErrorCode.IO, "/secret", "secret"));
    assertThat(RankingFailures.of(fault, manifest).code()).isEqualTo(StatusCode.INTERNAL);
    assertThat(RankingFailures.of(fault, manifest).getMessage()).doesNotContain("secret");
  }
}
