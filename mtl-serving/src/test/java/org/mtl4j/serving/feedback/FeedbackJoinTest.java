package org.mtl4j.serving.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.TestSeed;

class FeedbackJoinTest {
  private static final Duration WINDOW = Duration.ofMinutes(30);

  @TempDir Path folder;

  private final HandClock clock = new HandClock();

  private static JoinRules rules() {
    Map<String, Optional<Double>> labels = new LinkedHashMap<>();
    labels.put("click", Optional.of(0.0));
    labels.put("rating", Optional.empty());
    return new JoinRules(WINDOW, labels);
  }

  private FeedbackJoin join() {
    return new FeedbackJoin(folder.resolve("feedback"), folder.resolve("rows"), rules());
  }

  private FeedbackLog log() {
    return FeedbackLog.open(
        folder.resolve("feedback"),
        new FeedbackSettings(
            1 << 20,
            Duration.ofMinutes(10),
            new FeedbackSettings.Sync.Never(),
            100,
            Optional.empty()),
        clock);
  }

  private static FeedbackEvent impression(String request, Instant time, long version, int items) {
    List<FeedbackEvent.Shown> shown = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      shown.add(
          new FeedbackEvent.Shown("i" + i, i + 1, Map.of("click", 0.5), Map.of("price", i + 0.5)));
    }
    return new FeedbackEvent.Impression(
        request,
        time,
        new FeedbackEvent.Server("shop", OptionalLong.of(version), Optional.of("v" + version)),
        new FeedbackEvent.Viewer(Optional.of("u"), Map.of("hour", 9)),
        shown);
  }

  private List<JsonNode> rows() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    try (var files = Files.list(folder.resolve("rows"))) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          rows.add(json.readTree(line));
        }
      }
    }
    return rows;
  }

  @Test
  void rowHasTheColumnsOfBothTheLabelsAndWhoServedIt() throws IOException {
    try (FeedbackLog log = log()) {
      Instant time = clock.instant();
      log.append(List.of(impression("r", time, 3, 2))).join();
      log.append(
              List.of(
                  new FeedbackEvent.Outcome("r", time.plusSeconds(9), "i1", "click", 1),
                  new FeedbackEvent.Outcome("r", time.plusSeconds(9), "i1", "rating", 4.5),
                  new FeedbackEvent.Outcome("r", time.plusSeconds(9), "i1", "other", 1)))
          .join();
      clock.move(Duration.ofMinutes(11));
      log.append(List.of(impression("late", clock.instant(), 3, 1))).join();
      assertThat(join().join(clock.instant()).rows()).isZero();
      // The log's own clock stands still, or it would begin another file whenever it likes.
      Instant later = clock.instant().plus(WINDOW);
      FeedbackJoin.Joined joined = join().join(later);
      assertThat(joined.files()).hasSize(1);
      assertThat(joined.rows()).isEqualTo(2);
      assertThat(joined.outcomes()).isEqualTo(1);
      assertThat(join().join(later).files()).isEmpty();
    }
    assertThat(rows().get(1).toString())
        .isEqualTo(
            "{\"price\":1.5,\"hour\":9,\"click\":1.0,\"rating\":4.5,\"served_request\":\"r\","
                + "\"served_time\":\"2026-03-01T10:00:00Z\",\"served_model\":\"shop\","
                + "\"served_version\":\"3\",\"served_variant\":\"v3\",\"served_user\":\"u\","
                + "\"served_item\":\"i1\",\"served_rank\":2,\"served_score_click\":0.5}");
    assertThat(rows().get(0).get("click").asDouble()).isZero();
    assertThat(rows().get(0).get("rating").isNull()).isTrue();
  }

  /** Random arrivals against a loop over everything. */
  @Test
  void labelsAreThoseOfALoopOverAllEvents() throws IOException {
    Random random = TestSeed.random();
    List<FeedbackEvent> all = new ArrayList<>();
    try (FeedbackLog log = log()) {
      for (int i = 0; i < 400; i++) {
        clock.move(Duration.ofSeconds(random.nextInt(60)));
        FeedbackEvent event =
            random.nextInt(4) == 0
                ? impression("r" + i, clock.instant(), 1 + random.nextInt(2), 1 + random.nextInt(3))
                : new FeedbackEvent.Outcome(
                    "r" + Math.max(0, i - random.nextInt(60)),
                    clock.instant(),
                    "i" + random.nextInt(3),
                    random.nextBoolean() ? "click" : "rating",
                    random.nextInt(5));
        all.add(event);
        log.append(List.of(event)).join();
      }
      clock.move(WINDOW.multipliedBy(2));
      log.append(List.of(impression("end", clock.instant(), 1, 1))).join();
      join().join(clock.instant());
    }
    int row = 0;
    List<JsonNode> rows = rows();
    for (FeedbackEvent event : all) {
      if (event instanceof FeedbackEvent.Impression impression) {
        for (FeedbackEvent.Shown shown : impression.items()) {
          JsonNode found = rows.get(row++);
          assertThat(found.get("served_request").asText()).isEqualTo(impression.requestId());
          assertThat(found.get("click").asDouble())
              .as("test seed %s, row %s", TestSeed.value(), row)
              .isEqualTo(latest(all, impression, shown, "click").orElse(0.0));
          assertThat(
                  Optional.of(found.get("rating")).filter(n -> !n.isNull()).map(JsonNode::asDouble))
              .isEqualTo(latest(all, impression, shown, "rating"));
        }
      }
    }
    assertThat(rows).hasSize(row);
  }

  private static Optional<Double> latest(
      List<FeedbackEvent> all,
      FeedbackEvent.Impression impression,
      FeedbackEvent.Shown shown,
      String task) {
    Optional<Double> value = Optional.empty();
    for (FeedbackEvent event : all) {
      if (event instanceof FeedbackEvent.Outcome outcome
          && outcome.requestId().equals(impression.requestId())
          && outcome.item().equals(shown.item())
          && outcome.task().equals(task)
          && !outcome.time().isAfter(impression.time().plus(WINDOW))) {
        value = Optional.of(outcome.value());
      }
    }
    return value;
  }
}
