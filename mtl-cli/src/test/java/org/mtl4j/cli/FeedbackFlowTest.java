package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import org.mtl4j.serving.feedback.FeedbackEvent;
import org.mtl4j.serving.feedback.FeedbackLog;
import org.mtl4j.serving.feedback.FeedbackSettings;
import org.mtl4j.serving.feedback.Impressions;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.RankedItem;
import org.mtl4j.serving.ranking.Ranker;
import org.mtl4j.serving.ranking.RankingLimits;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;

/** From recommendations to rows with labels to an update of the run, and figures by version. */
class FeedbackFlowTest {
  private static final int USERS = 30;
  private static final int ITEMS = 20;

  @TempDir private static Path folder;

  private static Path run;

  @BeforeAll
  static void trainOnce() throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < 500; r++) {
      int item = random.nextInt(ITEMS);
      lines.add(
          "{\"n\": %d, \"user\": \"u%d\", \"item\": \"i%d\", \"price\": %s, \"click\": %d}"
              .formatted(
                  r,
                  random.nextInt(USERS),
                  item,
                  5.5 + item,
                  random.nextInt(ITEMS) < item ? 1 : 0));
    }
    Files.write(folder.resolve("log.jsonl"), lines);
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        name: shop
        seed: 3
        data:
          source: {type: jsonl, path: %s}
          split: {by: random, validation: 0.2, test: 0.2}
        features:
          user: {type: categorical, dim: 4, group: user}
          item: {type: categorical, dim: 4, group: item}
          price: {type: numeric, group: item}
        tasks:
          click: {type: binary, label: click}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: []}
        training: {epochs: 2, batch_size: 64, threads: 1}
        """
            .formatted(folder.resolve("log.jsonl")));
    List<String> items = new ArrayList<>();
    for (Map<String, Object> item : items()) {
      items.add(JsonMapper.builder().build().writeValueAsString(item));
    }
    Files.write(folder.resolve("items.jsonl"), items);
    run = folder.resolve("run");
    Ran trained =
        Cli.run("train", folder.resolve("shop.yaml").toString(), "--output", run.toString());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  private static List<Map<String, Object>> items() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(Map.of("item", "i" + i, "price", 5.5 + i, "category", "c" + i % 4, "stock", i % 5));
    }
    return items;
  }

  /** What a server does for a day: even users by version 1, odd ones by 2; dear items sell. */
  private static int serve(Path feedback) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2020-03-01T10:00:00Z"));
    int shown = 0;
    try (MtlModel model = MtlModel.load(run.resolve("export/1"));
        FeedbackLog log = FeedbackLog.open(feedback, FeedbackSettings.DEFAULT, now::get)) {
      ItemCatalogue catalogue = ItemCatalogue.load(BatchSource.of(items()), "item");
      Ranker ranker =
          model
              .ranking()
              .ranker(
                  new Ranker.Parts(
                      Optional.of(model.ranking().over(catalogue)),
                      Optional.empty(),
                      RankingLimits.DEFAULT));
      Impressions impressions = new Impressions(model.manifest(), Optional.of("user"), true);
      for (int u = 0; u < USERS; u++) {
        RankingRequest request = RankingRequest.forUser(Map.of("user", "u" + u)).k(ITEMS).build();
        RankingResult result = ranker.rank(request);
        FeedbackEvent.Server server =
            new FeedbackEvent.Server(
                "shop", OptionalLong.of(1 + u % 2), Optional.of("v" + (1 + u % 2)));
        List<FeedbackEvent> events = new ArrayList<>();
        events.add(impressions.of("r" + u, now.get(), server, request, result));
        for (RankedItem item : result.items()) {
          String id = item.id().orElseThrow();
          if ((Integer.parseInt(id.substring(1)) + u) % 3 == 0) {
            events.add(new FeedbackEvent.Outcome("r" + u, now.get(), id, "click", 1));
          }
        }
        shown += result.items().size();
        log.append(events).join();
      }
      // The next day another file begins.
      now.set(now.get().plus(Duration.ofDays(1)));
      log.append(List.of(new FeedbackEvent.Outcome("r0", now.get(), "i0", "click", 1))).join();
    }
    return shown;
  }

  @Test
  void updatesAreTrainedOnWhatAServerWroteAndFiguresAreGivenByVersion() throws IOException {
    Path feedback = folder.resolve("feedback");
    Path rows = folder.resolve("rows");
    int shown = serve(feedback);
    Ran joined =
        Cli.run(
            "feedback",
            "join",
            "--from",
            feedback.toString(),
            "--to",
            rows.toString(),
            "--label",
            "click=0",
            "--json");
    assertThat(joined.exitCode()).as(joined.err()).isZero();
    assertThat(joined.json().get("rows").asInt()).isEqualTo(shown);
    Path file = rows.resolve("rows-00000001.jsonl");
    JsonNode first = JsonMapper.builder().build().readTree(Files.readAllLines(file).get(0));
    assertThat(first.get("user").asText()).isEqualTo("u0");
    assertThat(first.get("price").asDouble()).isBetween(5.5, 24.5);

    Ran measured =
        Cli.run(
            "evaluate",
            "--run",
            run.toString(),
            "--data",
            file.toString(),
            "--slice",
            "served_version",
            "--json");
    assertThat(measured.exitCode()).as(measured.err()).isZero();
    assertThat(measured.json().toString())
        .contains("served_version", "\"slice\":\"1\"", "\"slice\":\"2\"");
    Ran scores =
        Cli.run(
            "evaluate",
            "--scores",
            file.toString(),
            "--label",
            "click",
            "--score",
            "served_score_click",
            "--slice",
            "served_version",
            "--json");
    assertThat(scores.exitCode()).as(scores.err()).isZero();
    assertThat(scores.json().toString()).contains("served_version");
    // The model that served and the one that measures are one, and so are its numbers.
    assertThat(scores.json().findValue("auc")).isEqualTo(measured.json().findValue("auc"));

    Ran updated =
        Cli.run(
            "train",
            "--continue",
            run.toString(),
            "--follow",
            rows.toString(),
            "--max-updates",
            "1",
            "--gate",
            "off",
            "--holdout",
            "0",
            "--json");
    assertThat(updated.exitCode()).as(updated.err()).isZero();
    assertThat(updated.json().get(0).get("rows").asInt()).isEqualTo(shown);

    Ran forgotten =
        Cli.run("feedback", "forget", "--from", feedback.toString(), "--user", "u3", "--json");
    assertThat(forgotten.exitCode()).as(forgotten.err()).isZero();
    assertThat(forgotten.json().get("removed_lines").asInt()).isPositive();
    assertThat(Files.readString(feedback.resolve("feedback-00000001.jsonl")))
        .doesNotContain("\"u3\"")
        .contains("\"u4\"");
  }

  private static Ran recommend(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "recommend", "--run", run.toString(), "--user", "{\"user\": \"u3\"}", "--json"));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void catalogueIsFilteredCappedAndExplained() {
    String items = folder.resolve("items.jsonl").toString();
    Ran ran =
        recommend(
            "--catalogue",
            items,
            "--id",
            "item",
            "--where",
            "stock > 0",
            "--at-most",
            "1:category",
            "--exclude",
            "i19,i18",
            "--explain",
            "--k",
            "10");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode best = ran.json().get("recommendations");
    assertThat(best).hasSize(4);
    assertThat(best.findValuesAsText("category")).doesNotHaveDuplicates();
    assertThat(best.findValuesAsText("id")).doesNotContain("i19", "i18", "i0", "i5");
    assertThat(best.get(0).get("explanation").get("click").findValuesAsText("feature"))
        .containsExactly("user", "item", "price");
    assertThat(ran.json().get("left_out").get("excluded").asInt()).isEqualTo(2);
    assertThat(ran.json().get("left_out").get("stock > 0").asInt()).isEqualTo(4);
    assertThat(ran.json().get("candidates").asInt()).isEqualTo(ITEMS);
    assertThat(ran.json().get("scored").asInt()).isEqualTo(ITEMS - 6);

    Ran whole = recommend("--catalogue", items, "--id", "item", "--k", "20");
    Ran streamed = recommend("--items", items, "--k", "20");
    assertThat(items(whole)).hasSize(ITEMS).isEqualTo(items(streamed));
    Ran some = recommend("--catalogue", items, "--id", "item", "--candidates", "i3,nobody,i4");
    assertThat(some.json().get("unknown").get(0).asText()).isEqualTo("nobody");
    assertThat(some.json().get("recommendations")).hasSize(2);
  }

  private static List<String> items(Ran ran) {
    List<String> items = new ArrayList<>();
    ran.json().get("recommendations").forEach(one -> items.add(one.at("/item/item").asText()));
    return items;
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    String items = folder.resolve("items.jsonl").toString();
    for (List<String> words :
        List.of(
            List.<String>of(),
            List.of("--items", items, "--catalogue", items, "--id", "item"),
            List.of("--items", items, "--where", "stock > 0"),
            List.of("--catalogue", items),
            List.of("--catalogue", items, "--id", "itm"),
            List.of("--catalogue", items, "--id", "item", "--at-most", "category:2"),
            List.of("--catalogue", items, "--id", "item", "--where", "stock >"),
            List.of("--catalogue", items, "--id", "item", "--where", "stok > 1"))) {
      Ran ran = recommend(words.toArray(String[]::new));
      assertThat(ran.exitCode()).as(words + ran.err()).isEqualTo(2);
      assertThat(ran.err()).as(words.toString()).doesNotContain("at org.");
    }
    for (String label : List.of("click", "click=much", "=1")) {
      Ran ran =
          Cli.run(
              "feedback",
              "join",
              "--from",
              folder.toString(),
              "--to",
              folder.resolve("none").toString(),
              "--label",
              label);
      assertThat(ran.exitCode()).as(label + ran.err()).isEqualTo(2);
      assertThat(ran.err()).contains("Expected TASK=VALUE");
    }
  }
}
