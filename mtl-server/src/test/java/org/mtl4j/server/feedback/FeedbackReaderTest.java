package org.mtl4j.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mtl4j.protocol.ranking.FeedbackRequest;
import org.mtl4j.protocol.ranking.Impression;
import org.mtl4j.protocol.ranking.Outcome;
import org.mtl4j.protocol.ranking.Row;
import org.mtl4j.protocol.ranking.Shown;
import org.mtl4j.protocol.ranking.Value;
import org.mtl4j.server.grpc.FeedbackMessages;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.feedback.FeedbackEvent;
import org.mtl4j.serving.feedback.Receipt;

class FeedbackReaderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final FeedbackEvent.Server SERVER =
      new FeedbackEvent.Server("shop", OptionalLong.of(3), Optional.of("canary"));
  private static final FeedbackReader READER = new FeedbackReader(5);

  private static List<FeedbackEvent> read(String json) {
    return READER.read(json.getBytes(StandardCharsets.UTF_8), SERVER, NOW);
  }

  private static List<FeedbackEvent> expected() {
    return List.of(
        new FeedbackEvent.Impression(
            "r1",
            Instant.parse("2026-03-01T09:00:00Z"),
            SERVER,
            new FeedbackEvent.Viewer(Optional.of("17"), Map.of("hour", 9L)),
            List.of(
                new FeedbackEvent.Shown("a", 1, Map.of(), Map.of()),
                new FeedbackEvent.Shown("b", 5, Map.of(), Map.of()))),
        new FeedbackEvent.Outcome("r1", NOW, "b", "click", 1));
  }

  @Test
  void impressionsAndOutcomesAreRead() {
    assertThat(
            read(
                """
                {"impressions": [{"request_id": "r1", "time": "2026-03-01T09:00:00Z", "user": 17,
                  "columns": {"hour": 9}, "items": ["a", {"item": "b", "rank": 5}]}],
                 "outcomes": [{"request_id": "r1", "item": "b", "task": "click", "value": 1}]}
                """))
        .isEqualTo(expected());
  }

  @Test
  void messageSaysTheSameAsJson() {
    FeedbackRequest message =
        FeedbackRequest.newBuilder()
            .addImpressions(
                Impression.newBuilder()
                    .setRequestId("r1")
                    .setTime(
                        Timestamp.newBuilder()
                            .setSeconds(Instant.parse("2026-03-01T09:00:00Z").getEpochSecond()))
                    .setUser("17")
                    .setColumns(
                        Row.newBuilder()
                            .putColumns("hour", Value.newBuilder().setInteger(9).build()))
                    .addItems(Shown.newBuilder().setItem("a"))
                    .addItems(Shown.newBuilder().setItem("b").setRank(5)))
            .addOutcomes(
                Outcome.newBuilder().setRequestId("r1").setItem("b").setTask("click").setValue(1))
            .build();
    assertThat(FeedbackMessages.events(message, READER, SERVER, NOW)).isEqualTo(expected());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | impressions and outcomes: expected one at least, found none",
        "{\"outcomes\": [{\"request_id\": \"r\", \"item\": \"a\", \"task\": \"click\"}]} | outcomes[0].value: expected a finite number, found none",
        "{\"outcomes\": [{\"request_id\": \"r\", \"task\": \"click\", \"value\": 1}]} | outcomes[0].item: expected text, found none",
        "{\"outcomes\": [{\"item\": \"a\", \"task\": \"click\", \"value\": 1}]} | outcomes[0].request_id: expected 1 to 128 letters, digits and . _ : -, found a text of another form",
        "{\"outcomes\": [{\"request_id\": \"r\", \"item\": \"a\", \"task\": \"click\", \"value\": NaN}]} | outcomes[0].value: expected a finite number, found a JSON value of type Number",
        "{\"outcomes\": [{\"request_id\": \"r\", \"time\": \"secret\"}]} | outcomes[0].time: expected a time like 2026-03-31T18:30:00Z, found another text",
        "{\"outcomes\": [{\"request_id\": \"r\", \"time\": \"+100000-01-01T00:00:00Z\", \"item\": \"a\", \"task\": \"c\", \"value\": 1}]} | outcomes[0].time: expected a time of the years 1 to 9999, found another one",
        "{\"outcomes\": [{\"label\": 1}]} | outcomes[0].label: there is no such key, but request_id, time, item, task, value",
        "{\"impressions\": [{\"request_id\": \"r\", \"items\": [{\"rank\": 1}]}]} | impressions[0].items[0].item: expected an id, found none",
        "{\"impressions\": [{\"request_id\": \"r\", \"items\": [1, 2, 3, 4, 5]}]} | impressions and outcomes: expected at most 5 with their items, found more",
      })
  void refusalsNameKeysAndNoValues(String json, String message) {
    RequestException failure = catchThrowableOfType(RequestException.class, () -> read(json));
    assertThat(failure.code()).isEqualTo(StatusCode.INVALID_ARGUMENT);
    assertThat(failure).hasMessage(message);
  }

  @Test
  void whatWasNotTakenMayBeSentAgain() {
    assertThat(FeedbackAnswers.failure(Receipt.WRITTEN)).isEmpty();
    assertThat(FeedbackAnswers.failure(Receipt.QUEUE_FULL).orElseThrow().code())
        .isEqualTo(StatusCode.RESOURCE_EXHAUSTED);
    assertThat(FeedbackAnswers.failure(Receipt.NO_ROOM).orElseThrow().code())
        .isEqualTo(StatusCode.UNAVAILABLE);
    assertThat(FeedbackAnswers.failure(Receipt.CLOSED).orElseThrow().code())
        .isEqualTo(StatusCode.UNAVAILABLE);
    assertThat(new String(FeedbackReader.reply(2), StandardCharsets.UTF_8))
        .isEqualTo("{\"accepted\":2}");
  }
}
