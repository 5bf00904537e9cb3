package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;

/** From a run to a fusion to recommendations by it. */
class FuseCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path folder;
  @TempDir private Path scratch;

  private static TinyShop shop;
  private static Path run;

  @BeforeAll
  static void trainOnce() throws IOException {
    shop = TinyShop.in(folder);
    shop.with(
        "  mood: {type: multiclass, label: mood}",
        "  mood: {type: multiclass, label: mood}\n"
            + "  happy: {type: binary, label: \"rating >= 3\"}");
    run = folder.resolve("run");
    Ran trained = Cli.run("train", shop.experiment().toString(), "--output", run.toString());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  private Ran fuse(String metric, String... more) {
    List<String> args =
        new ArrayList<>(List.of("fuse", "--run", run.toString(), "--metric", metric));
    args.addAll(List.of("--output", scratch.resolve("fusion.json").toString()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void weightsAreTunedWrittenAndRankedBy() throws IOException {
    for (String kind : List.of("weighted_sum", "product", "rank_sum")) {
      Files.deleteIfExists(scratch.resolve("fusion.json"));
      Ran ran =
          fuse(
              "click/ndcg@3",
              "--constraint",
              "happy/auc >= .3",
              "--kind",
              kind,
              "--trials",
              "30",
              "--json");
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      JsonNode fusion = ran.json().get("fusion");
      assertThat(JSON.readTree(scratch.resolve("fusion.json").toFile())).isEqualTo(fusion);
      assertThat(fusion.get("kind").asText()).isEqualTo(kind);
      assertFigures(fusion.at("/tuning/figures"), kind);
      assertRanked(fusion, kind);
    }
  }

  /** Ranked by an output alone rows have that output's own figure. */
  private static void assertFigures(JsonNode figures, String kind) throws IOException {
    JsonNode metrics = JSON.readTree(run.resolve("metrics.json").toFile());
    for (String split : List.of("validation", "test")) {
      assertThat(figures.at("/" + split + "/click").get("click/ndcg@3").asDouble())
          .isEqualTo(metrics.at("/" + split + "/click/ndcg@3").asDouble());
      if (!kind.equals("rank_sum")) { // Whose ranks are those within a user.
        assertThat(figures.at("/" + split + "/happy").get("happy/auc").asDouble())
            .isEqualTo(metrics.at("/" + split + "/happy/auc").asDouble());
      }
    }
    JsonNode validation = figures.get("validation");
    assertThat(validation.get("fused").get("click/ndcg@3").asDouble())
        .isGreaterThanOrEqualTo(validation.get("click").get("click/ndcg@3").asDouble());
    assertThat(validation.get("fused").get("happy/auc").asDouble()).isGreaterThanOrEqualTo(0.3);
  }

  private void assertRanked(JsonNode fusion, String kind) throws IOException {
    Ran ran =
        Cli.run(
            "recommend",
            "--run",
            run.toString(),
            "--user",
            "{\"user\": \"u3\"}",
            "--items",
            shop.items().toString(),
            "--fusion",
            scratch.resolve("fusion.json").toString(),
            "--k",
            "20",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).doesNotContain("another export");
    assertThat(ran.json().get("by").asText()).isEqualTo(kind + " of click, happy");
    JsonNode best = ran.json().get("recommendations");
    assertThat(best.size()).isEqualTo(20);
    double last = Double.POSITIVE_INFINITY;
    for (JsonNode one : best) {
      double score = one.get("score").asDouble();
      assertThat(score).isLessThanOrEqualTo(last);
      last = score;
      assertThat(score)
          .isCloseTo(
              score(fusion, kind, one.get("scores"), best),
              org.assertj.core.api.Assertions.within(1e-12));
    }
  }

  private static double score(JsonNode fusion, String kind, JsonNode scores, JsonNode all) {
    double sum = 0;
    for (String output : List.of("click", "happy")) {
      double weight = fusion.get("weights").get(output).asDouble();
      double value = scores.get(output).asDouble();
      double below = 0;
      for (JsonNode other : all) {
        double theirs = other.get("scores").get(output).asDouble();
        below += theirs < value ? 1 : theirs == value ? 0.5 : 0;
      }
      sum +=
          weight
              * switch (kind) {
                case "product" -> Math.log(value);
                case "rank_sum" -> below / all.size();
                default -> value;
              };
    }
    return kind.equals("product") ? Math.exp(sum) : sum;
  }

  /** A remedy stands on a line of its own. */
  private static String oneLine(Ran ran) {
    return ran.err().replace("\n  ", " ");
  }

  private void assertRefused(Ran ran, String message) {
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(oneLine(ran)).contains(message);
    assertThat(scratch.resolve("fusion.json")).doesNotExist();
  }

  @Test
  void whatCannotBeFusedIsRefused() throws IOException {
    assertRefused(
        fuse("clik/auc", "--outputs", "click,happy"),
        "--metric: Expected a metric as output/metric, found \"clik/auc\". Did you mean"
            + " \"click/auc\"?");
    assertRefused(
        fuse("click/log_loss", "--outputs", "click,happy"),
        "--metric: Expected a metric by rank, as a fused score is no probability, found"
            + " \"click/log_loss\". Take for instance auc, or with evaluation.group_by gauc or"
            + " ndcg@10.");
    assertRefused(
        fuse("click/auc", "--constraint", "happy/auc > 1"),
        "--constraint: Expected OUTPUT/METRIC >= NUMBER, found \"happy/auc > 1\". Write for"
            + " instance --constraint 'click/auc >= 0.75'.");
    assertRefused(
        fuse("click/auc"),
        "--outputs: Expected at least two outputs to fuse, found [click]. Name them, say --outputs"
            + " click,rating,happy.");
    assertRefused(
        fuse("click/auc", "--outputs", "click,rating", "--kind", "product"),
        "--outputs: Expected binary outputs of the model, found \"rating\".");
    Ran ran = fuse("click/auc", "--constraint", "happy/auc >= 1", "--trials", "5");
    assertRefused(
        ran, "--constraint: No weights that were tried keep the constraints; those that come");
    assertThat(oneLine(ran)).contains("reach happy/auc 0.").contains("or try more weights with");
    Files.writeString(scratch.resolve("fusion.json"), "mine");
    Ran there = fuse("click/auc", "--outputs", "click,happy");
    assertThat(there.exitCode()).isEqualTo(2);
    assertThat(scratch.resolve("fusion.json")).hasContent("mine");
  }

  @Test
  void aFusionOfAnotherExportIsRankedByWithAWarning() throws IOException {
    assertThat(fuse("click/auc", "--outputs", "click,happy", "--trials", "5").exitCode()).isZero();
    Path file = scratch.resolve("fusion.json");
    JsonNode fusion = JSON.readTree(file.toFile());
    Files.writeString(
        file, Files.readString(file).replace(fusion.at("/tuning/export").asText(), "0".repeat(64)));
    String[] recommend = {
      "recommend",
      "--run",
      run.toString(),
      "--user",
      "{\"user\": \"u3\"}",
      "--items",
      shop.items().toString(),
      "--fusion",
      file.toString()
    };
    Ran ran = Cli.run(recommend);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("warning: the fusion's weights were tuned for another export than this one");
    Files.writeString(file, Files.readString(file).replace("\"happy\"", "\"hapy\""));
    Ran unknown = Cli.run(recommend);
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(oneLine(unknown))
        .contains("There is no output \"hapy\" to rank by. Did you mean \"happy\"?");
  }

  private Ran export(String... more) {
    List<String> args =
        new ArrayList<>(List.of("export", "--run", run.toString(), "--fusion", fusion()));
    args.addAll(List.of("--to", scratch.resolve("models").toString()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  private String fusion() {
    return scratch.resolve("fusion.json").toString();
  }

  private Ran recommend(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("recommend", "--model", scratch.resolve("models").toString(), "--json"));
    args.addAll(List.of("--user", "{\"user\": \"u3\", \"cheap\": null}"));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void anExportMayBringItsFusion() throws IOException {
    assertThat(fuse("click/auc", "--outputs", "click,happy", "--trials", "5").exitCode()).isZero();
    Ran exported = export();
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.err()).doesNotContain("another export");
    String items = shop.items().toString();
    Ran ranked = recommend("--items", items);
    assertThat(ranked.exitCode()).as(ranked.err()).isZero();
    String usual = ranked.json().get("by").asText();
    assertThat(usual).isEqualTo("weighted_sum of click, happy");
    Ran ofCatalogue = recommend("--catalogue", items, "--id", "item");
    assertThat(ofCatalogue.err()).doesNotContain("another export");
    assertThat(ofCatalogue.json().get("by").asText()).isEqualTo(usual);
    assertThat(recommend("--items", items, "--by", "click").json().get("by").asText())
        .isEqualTo("click");
    // The manifest has its sum: weights that somebody turned are found before they rank.
    Path own = scratch.resolve("models/1/fusion.json");
    Files.writeString(own, Files.readString(own).replace("click", "klick"));
    Ran turned = recommend("--items", items);
    assertThat(turned.exitCode()).isEqualTo(2);
    assertThat(oneLine(turned)).contains("fusion.json: The file was changed after the export");
  }

  @Test
  void aFusionThatIsNoneForTheExportIsNotAdded() throws IOException {
    Files.writeString(
        scratch.resolve("fusion.json"),
        """
        {"format": 1, "kind": "product", "weights": {"clik": 0.25, "happy": 0.75}}""");
    Ran unknown = export();
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(oneLine(unknown))
        .contains(
            "fusion.json: The fusion is not one for this model: There is no output \"clik\" to rank"
                + " by. Did you mean \"click\"?");
    Files.delete(scratch.resolve("fusion.json"));
    assertThat(export().exitCode()).isEqualTo(2);
    assertThat(scratch.resolve("models")).doesNotExist();
  }
}
