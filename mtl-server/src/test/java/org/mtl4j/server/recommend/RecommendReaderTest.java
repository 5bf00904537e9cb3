package org.mtl4j.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.task.Expression;
import org.mtl4j.protocol.ranking.Ids;
import org.mtl4j.protocol.ranking.Row;
import org.mtl4j.protocol.ranking.Value;
import org.mtl4j.server.feedback.FeedbackReader;
import org.mtl4j.server.grpc.RecommendMessages;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.feedback.FeedbackEvent;
import org.mtl4j.serving.ranking.RankingLimits;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.testkit.TestSeed;

class RecommendReaderTest {
  private static final RecommendReader READER =
      new RecommendReader(new RankingLimits(3, 100, 5, 2), Optional.empty());

  private static RecommendRequest read(String json) {
    return READER.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyKeyIsRead() {
    RecommendRequest request =
        read(
            """
            {"request_id": "r-1", "user": {"id": 9007199254740993, "name": "Zoë", "vip": true, "age": null,
             "spent": 1.5, "huge": 123456789012345678901234567890}, "context": {"hour": 20},
             "candidates": ["a", 17], "k": 3, "fusion": {"kind": "product", "weights": {"click": 3, "buy": 1}},
             "where": ["stock > 0", "price <= 20"], "exclude": ["b", 5], "at_most": {"category": 2},
             "explain": true, "fields": ["title"]}
            """);
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("id", 9007199254740993L);
    user.put("name", "Zo\u00eb");
    user.put("vip", true);
    user.put("age", null);
    user.put("spent", 1.5);
    user.put("huge", new BigInteger("123456789012345678901234567890"));
    user.put("hour", 20L);
    RankingRequest ranking = request.ranking();
    assertThat(ranking.user()).isEqualTo(user);
    assertThat(ranking.candidates())
        .isEqualTo(new RankingRequest.Candidates.Ids(List.of("a", "17")));
    assertThat(ranking.order())
        .contains(
            new RankingRequest.Order.ByFusion(
                new Fusion(Fusion.Kind.PRODUCT, Map.of("click", 0.75, "buy", 0.25))));
    assertThat(ranking.choice().k()).isEqualTo(3);
    assertThat(ranking.choice().where())
        .containsExactly(Expression.parse("stock > 0"), Expression.parse("price <= 20"));
    assertThat(ranking.choice().exclude()).containsExactly("b", "5");
    assertThat(ranking.choice().atMost()).containsExactly(new RankingRequest.AtMost(2, "category"));
    assertThat(ranking.explain()).isTrue();
    assertThat(request.requestId()).contains("r-1");
    assertThat(request.fields()).contains(List.of("title"));
  }

  @Test
  void whatIsNotSaidIsUsual() {
    RankingRequest ranking = read("{}").ranking();
    assertThat(ranking.candidates()).isEqualTo(new RankingRequest.Candidates.Catalogue());
    assertThat(ranking.choice().k()).isEqualTo(10);
    assertThat(ranking.order()).isEmpty();
    assertThat(read("{\"candidates\": \"all\"}").ranking()).isEqualTo(ranking);
    RankingRequest.Order usual = new RankingRequest.Order.ByOutput("buy");
    RecommendReader reader = new RecommendReader(RankingLimits.DEFAULT, Optional.of(usual));
    assertThat(reader.read("{}".getBytes(StandardCharsets.UTF_8)).ranking().order())
        .contains(usual);
    assertThat(
            reader.read("{\"by\": \"click\"}".getBytes(StandardCharsets.UTF_8)).ranking().order())
        .contains(new RankingRequest.Order.ByOutput("click"));
  }

  @Test
  void rowsMayHaveAColumnOfIds() {
    RankingRequest ranking =
        read("{\"candidates\": [{\"sku\": \"a\", \"price\": 2}], \"id\": \"sku\"}").ranking();
    assertThat(ranking.candidates())
        .isEqualTo(
            new RankingRequest.Candidates.Rows(
                List.of(Map.of("sku", "a", "price", 2L)), Optional.of("sku")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | JSON Value: Is not object",
        "{\"k\": 0} | k: expected a whole number of at least 1, found a JSON value of type Number",
        "{\"k\": \"secret\"} | k: expected a whole number of at least 1, found a JSON value of type String",
        "{\"user\": {\"age\": [\"secret\"]}} | user.age: expected text, a number, true, false or null, found a JSON value of type Array",
        "{\"user\": {\"a\": 1, \"a\": 2}} | user.a: expected this key once, found it twice",
        "{\"user\": {\"a\": 1}, \"context\": {\"a\": 2}} | context.a: expected a column that user has not, found one of both",
        "{\"candidates\": [\"a\", {\"id\": 1}]} | candidates[1]: expected ids alone, or rows alone, found both",
        "{\"candidates\": [1, 2, 3, 4]} | candidates: expected at most 3 elements, found more",
        "{\"candidates\": \"secret\"} | candidates: expected \"all\", ids or rows, found another text",
        "{\"candidates\": [1.5]} | candidates[0]: expected an id, which is text or a whole number, found a JSON value of type Number",
        "{\"id\": \"sku\"} | id: expected candidates that are rows, found none",
        "{\"where\": \"secret >\"} | where[0]: expected a condition like stock > 0, found what is none",
        "{\"where\": [\"a > 1\", \"b > 1\", \"c > 1\"]} | where: expected at most 2, found more",
        "{\"by\": \"a\", \"fusion\": {\"kind\": \"product\", \"weights\": {\"a\": 1, \"b\": 1}}} | fusion: expected one of by and fusion, found both",
        "{\"fusion\": {\"kind\": \"secret\", \"weights\": {}}} | fusion.kind: expected weighted_sum, product, rank_sum, found another text",
        "{\"fusion\": {\"kind\": \"product\", \"weights\": {\"a\": 1}}} | fusion.weights: expected numbers of at least two outputs, 0 or more, found something else",
        "{\"fusion\": {\"kind\": \"product\", \"weights\": {\"a\": 1, \"b\": -1}}} | fusion.weights: expected numbers of at least two outputs, 0 or more, found something else",
        "{\"fusion\": {\"weight\": 1}} | fusion.weight: there is no such key, but kind, weights",
        "{\"at_most\": {\"brand\": 0}} | at_most.brand: expected a whole number of at least 1, found a JSON value of type Number",
        "{\"request_id\": \"a b\"} | request_id: expected 1 to 128 letters, digits and . _ : -, found a text of another form",
        "{\"explain\": 1} | explain: expected true or false, found a JSON value of type Number",
      })
  void refusalsNameKeysAndNoValues(String json, String message) {
    RequestException failure = catchThrowableOfType(RequestException.class, () -> read(json));
    assertThat(failure.code()).isEqualTo(StatusCode.INVALID_ARGUMENT);
    assertThat(failure).hasMessage(message);
    assertThat(failure.getMessage()).doesNotContain("secret");
  }

  @Test
  void unknownKeysAreRefusedWithThoseThatThereAre() {
    assertThat(catchThrowableOfType(RequestException.class, () -> read("{\"kk\": 1}")))
        .hasMessageStartingWith("kk: there is no such key, but user, context, candidates");
  }

  /** Bodies in docs/serving.md are for the server that it describes. */
  @Test
  void bodiesOfTheDocumentationAreRead() throws IOException {
    String page = Files.readString(Path.of("../docs/serving.md"));
    Matcher bodies =
        Pattern.compile("```json (recommend|feedback)\n(.*?)```", Pattern.DOTALL).matcher(page);
    RecommendReader reader = new RecommendReader(RankingLimits.DEFAULT, Optional.empty());
    int found = 0;
    for (; bodies.find(); found++) {
      byte[] body = bodies.group(2).getBytes(StandardCharsets.UTF_8);
      if (bodies.group(1).equals("recommend")) {
        assertThat(reader.read(body).ranking().user()).isNotEmpty();
      } else {
        assertThat(
                FeedbackReader.DEFAULT.read(
                    body,
                    new FeedbackEvent.Server("m", OptionalLong.of(1), Optional.empty()),
                    Instant.EPOCH))
            .isNotEmpty();
      }
    }
    assertThat(found).isEqualTo(3);
  }

  /** Whatever bytes come in, only a refusal goes out. */
  @Test
  void damagedBodiesAreRefusedAndNothingElse() {
    byte[] whole =
        """
        {"user": {"id": 7}, "candidates": [{"a": 1.5}], "k": 3, "where": "a > 1", "at_most": {"a": 2},
         "fusion": {"kind": "rank_sum", "weights": {"x": 1, "y": 2}}}
        """
            .getBytes(StandardCharsets.UTF_8);
    Random random = TestSeed.random();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int change = 1 + random.nextInt(4); change > 0; change--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      damaged = Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length));
      try {
        READER.read(damaged);
      } catch (RequestException e) {
        assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(15_000);
  }

  @Test
  void messageAsksForTheSameAsJson() {
    org.mtl4j.protocol.ranking.RecommendRequest message =
        org.mtl4j.protocol.ranking.RecommendRequest.newBuilder()
            .setRequestId("r-1")
            .setUser(
                Row.newBuilder()
                    .putColumns("id", Value.newBuilder().setInteger(7).build())
                    .putColumns("vip", Value.newBuilder().setFlag(true).build())
                    .putColumns("age", Value.getDefaultInstance()))
            .setContext(
                Row.newBuilder().putColumns("hour", Value.newBuilder().setNumber(20.5).build()))
            .setIds(Ids.newBuilder().addIds("a").addIds("b"))
            .setBy("click")
            .addWhere("stock > 0")
            .addExclude("b")
            .putAtMost("category", 2)
            .setExplain(true)
            .addFields("title")
            .build();
    RecommendRequest json =
        read(
            """
            {"request_id": "r-1", "user": {"id": 7, "vip": true, "age": null}, "context": {"hour": 20.5},
             "candidates": ["a", "b"], "by": "click", "where": "stock > 0", "exclude": ["b"],
             "at_most": {"category": 2}, "explain": true, "fields": ["title"]}
            """);
    assertThat(RecommendMessages.request(message, READER)).isEqualTo(json);
    assertThat(
            catchThrowableOfType(
                RequestException.class,
                () ->
                    RecommendMessages.request(
                        message.toBuilder().putAtMost("brand", -1).build(), READER)))
        .hasMessage("at_most.brand: expected at least 1, found less");
  }
}
