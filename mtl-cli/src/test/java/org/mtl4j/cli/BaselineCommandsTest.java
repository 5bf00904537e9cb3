package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.experiment.run.Run;

/** What can be done with a run of trees, from the command line. */
class BaselineCommandsTest {
  @TempDir private static Path folder;

  private static TinyShop shop;
  private static String trees;
  private static String network;

  @BeforeAll
  static void train() throws IOException {
    shop = TinyShop.in(folder);
    trees = folder.resolve("trees").toString();
    network = folder.resolve("network").toString();
    String experiment = shop.experiment().toString();
    String model = "model={type: boosted_trees, trees: 10}";
    done("train", experiment, "--output", trees, "--no-lint", "--set", model);
    done("train", experiment, "--output", network, "--no-lint");
  }

  private static Cli.Ran done(String... words) {
    Cli.Ran ran = Cli.run(words);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran;
  }

  @Test
  void trainingNamesTheModelAndNoExport() {
    String again = folder.resolve("again").toString();
    Cli.Ran ran =
        done(
            "train",
            shop.experiment().toString(),
            "--output",
            again,
            "--no-lint",
            "--set",
            "model={type: decision_trees}");
    assertThat(ran.out())
        .contains("test metrics of the model:", "model   " + again)
        .doesNotContain("export");
  }

  @Test
  void evaluationOfTheTestFileIsThatOfTheRun() throws IOException {
    JsonNode found =
        done("evaluate", "--run", trees, "--data", shop.test().toString(), "--json").json();
    double auc = Run.open(Path.of(trees)).metric("test", "click", "auc");
    assertThat(found.at("/metrics/click/auc").asDouble(-1)).isCloseTo(auc, within(1e-9));
  }

  @Test
  void predictionsAreWrittenForEveryRow() throws IOException {
    Path file = folder.resolve("predictions.csv");
    String rows = shop.unlabelled().toString();
    done("predict", "--run", trees, "--data", rows, "--output", file.toString());
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(101);
    assertThat(lines.get(0)).startsWith("row,click,rating,mood:");
  }

  @Test
  void candidatesAreRanked() throws IOException {
    Cli.Ran ran =
        done(
            "recommend",
            "--run",
            trees,
            "--user",
            "{\"user\": \"u1\"}",
            "--items",
            shop.items().toString(),
            "-k",
            "3");
    assertThat(ran.out()).contains("click");
  }

  @Test
  void runsOfBothKindsAreCompared() {
    Cli.Ran ran = done("compare", network, trees, "--no-report");
    assertThat(ran.out()).contains("click", network, trees);
  }

  @Test
  void importanceIsThatOfAnyPredictor() {
    assertThat(done("explain", trees, "--metrics", "auc").out()).contains("price");
  }

  @Test
  void whatNeedsAGraphIsRefused() throws IOException {
    List<String> files = List.of("--data", shop.test().toString());
    refused("export", "--run", trees, "--to", folder.resolve("versions").toString());
    refused("diagnose", trees);
    refused("explain", trees, "--row", "0");
    refused("train", "--continue", trees, files.get(0), files.get(1));
    refused("train", shop.experiment().toString(), "--init-from", trees);
    refused("evaluate", "--run", trees, "--step", "7", files.get(0), files.get(1));
    Path space = folder.resolve("space.yaml");
    Files.writeString(space, "objective: click/auc\nspace: {model.trees: {values: [5, 10]}}\n");
    refused(
        "tune",
        shop.experiment().toString(),
        "--space",
        space.toString(),
        "--set",
        "model={type: boosted_trees}",
        "--output",
        folder.resolve("tuning").toString());
    assertThat(folder.resolve("versions")).doesNotExist();
  }

  private static void refused(String... words) {
    Cli.Ran ran = Cli.run(words);
    assertThat(ran.exitCode()).as(String.join(" ", words) + ran.err()).isEqualTo(2);
    assertThat(ran.err())
        .as(String.join(" ", words))
        .contains("baseline")
        .contains("shared_bottom");
  }

  @Test
  void aWrongNameOrKeyNamesTheNearest() {
    List<String> words =
        new ArrayList<>(List.of("train", shop.experiment().toString(), "--no-lint", "--set"));
    words.add("model={type: boosted_tree}");
    assertThat(Cli.run(words.toArray(String[]::new)).err())
        .contains("Did you mean", "boosted_trees");
    words.set(4, "model={type: boosted_trees, tree: 3}");
    assertThat(Cli.run(words.toArray(String[]::new)).err()).contains("Did you mean", "\"trees\"");
  }
}
