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

/** {@code mtl explain} on a log whose clicks follow from the item, which has its price. */
class ExplainTest {
  @TempDir private static Path folder;

  private static TinyShop shop;
  private static Path run;

  @BeforeAll
  static void trainOnce() throws IOException {
    shop = TinyShop.in(folder);
    run = folder.resolve("run");
    Cli.Ran trained = Cli.run("train", shop.experiment().toString(), "--output", run.toString());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  private static Cli.Ran explain(Object... more) {
    List<String> args = new ArrayList<>(List.of("explain", run.toString()));
    for (Object one : more) {
      args.add(one.toString());
    }
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void tableJsonAndPageSayTheSame() throws IOException {
    Path page = folder.resolve("importance.html");
    Cli.Ran json = explain("--json", "--report", page);
    assertThat(json.exitCode()).as(json.err()).isZero();
    assertThat(json.err()).contains("permuting item", "report  " + page);
    JsonNode found = json.json();
    assertThat(found.get("rows").asInt()).isEqualTo(100);
    assertThat(found.get("total_rows").asInt()).isEqualTo(100);
    assertThat(found.get("repeats").asInt()).isEqualTo(5);
    // user, item, price, cheap and the group of the last three, for three outputs.
    assertThat(found.get("importance").size()).isEqualTo(15);
    List<String> lines = explain("--format", "csv").out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("output,metric,figure,column,drop,sd,95 %,features");
    assertThat(lines).hasSize(16);
    double last = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 15; i++) {
      JsonNode one = found.get("importance").get(i);
      assertThat(lines.get(i + 1))
          .startsWith(
              String.format(
                  "%s,%s,%.4f,%s,%+.4f,%.4f,",
                  one.get("output").asText(),
                  one.get("metric").asText(),
                  one.get("figure").asDouble(),
                  one.get("column").asText(),
                  one.get("drop").asDouble(),
                  one.get("sd").asDouble()));
      last = i % 5 == 0 ? Double.POSITIVE_INFINITY : last;
      assertThat(one.get("drop").asDouble()).isLessThanOrEqualTo(last);
      last = one.get("drop").asDouble();
    }
    assertThat(found.get("importance").findValuesAsText("metric"))
        .containsSubsequence("auc", "rmse", "log_loss");
    assertThat(Files.readString(page))
        .contains("Permutation importance", "click/auc", "group: item");
    assertThat(explain("--format", "markdown").out()).startsWith("| output | metric | figure |");
    assertThat(explain("--repeats", "1").out()).startsWith("output");
  }

  @Test
  void rowsOfAFileAreTakenInPlaceOfTheTest() throws IOException {
    Cli.Ran ran =
        explain("--data", shop.train(), "--rows", "50", "--metrics", "auc,log_loss", "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.json().get("rows").asInt()).isEqualTo(50);
    assertThat(ran.json().get("total_rows").asInt()).isEqualTo(400);
    assertThat(ran.json().get("importance").size()).isEqualTo(15);
    assertThat(explain("--data", folder.resolve("none.csv")).exitCode()).isEqualTo(2);
  }

  private static void assertRefused(Cli.Ran ran, String message) {
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().replace("\n  ", " ")).contains(message);
  }

  @Test
  void whatCannotBeExplainedIsRefused() throws IOException {
    assertRefused(
        explain("--rows", "0"), "error: --rows: Expected a number of at least 1, found 0.");
    assertRefused(
        explain("--repeats", "-1"), "error: --repeats: Expected a number of at least 1, found -1.");
    assertRefused(
        explain("--metrics", "gau"),
        "error: --metrics: There is no metric \"gau\". Did you mean \"gauc\"?");
    assertRefused(
        Cli.run("explain", folder.resolve("nothing").toString()),
        "Expected a run with the file experiment.yaml, found none.");
    Path unfinished = folder.resolve("unfinished");
    Copies.copy(run, unfinished);
    Files.delete(unfinished.resolve("report.html"));
    assertRefused(
        Cli.run("explain", unfinished.toString()),
        "error: " + unfinished + ": The run is not finished: it was stopped, or goes on just now.");
  }

  @Test
  void aRowsFeaturesAddUpToItsScore() throws IOException {
    Path page = folder.resolve("row.html");
    Cli.Ran ran = explain("--row", "7", "--json", "--report", page);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode found = ran.json();
    assertThat(found.get("place").asText()).isEqualTo(shop.test() + ", line 9");
    assertThat(found.get("outputs").findValuesAsText("output"))
        .containsExactly("click", "rating", "mood");
    for (JsonNode output : found.get("outputs")) {
      double sum = 0;
      for (JsonNode feature : output.get("features")) {
        sum += feature.get("adds").asDouble();
      }
      assertThat(output.get("features").findValuesAsText("feature"))
          .containsExactlyInAnyOrder("user", "item", "price", "cheap");
      assertThat(output.get("complete").asBoolean()).isTrue();
      assertThat(sum - output.get("gap").asDouble())
          .isCloseTo(
              output.get("score").asDouble() - output.get("baseline_score").asDouble(),
              within(1e-9));
      assertThat(output.at("/groups/item").asDouble() + output.at("/groups/user").asDouble())
          .isCloseTo(sum, within(1e-9));
    }
    assertThat(found.at("/outputs/2/class").asText()).isIn("glad", "sad", "so, so");
    assertThat(found.at("/outputs/0/class").isNull()).isTrue();
    String item = Files.readAllLines(shop.test()).get(8).split(",", -1)[1];
    List<String> lines =
        explain("--row", "7", "--task", "click", "--format", "csv").out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("output,feature,value,adds");
    assertThat(lines).hasSize(7).anyMatch(line -> line.startsWith("click,item," + item + ","));
    assertThat(Files.readString(page)).contains("Integrated gradients", "mood = ");
    assertThat(explain("--row", "7").out()).contains("prediction", "baseline", "allowed");
  }

  @Test
  void rowsAndOutputsThatAreNotThereAreRefused() {
    assertRefused(
        explain("--row", "100"),
        "error: --row: Expected the number of a row from 0 to 99, found 100. Rows are counted from"
            + " 0 among the test rows, or those of --data that the rules keep.");
    assertRefused(
        explain("--row", "1", "--task", "clck"),
        "error: --task: There is no output \"clck\". Did you mean \"click\"?");
    assertRefused(
        explain("--task", "click"),
        "error: --task: Expected --row beside it, found none. Name a row, or leave it out:"
            + " importances are of all outputs.");
    assertRefused(
        explain("--steps", "9"),
        "error: --steps: Expected --row beside it, found none. Name a row, or leave it out:"
            + " importances are of all outputs.");
    for (String option : List.of("--metrics", "--rows", "--repeats", "--seed")) {
      assertRefused(
          explain("--row", "7", option, "9"),
          "error: %s: Expected no --row beside it, found row 7. Leave one of the two out: a row is"
                  .formatted(option)
              + " explained by its scores.");
    }
  }

  @Test
  void aFolderIsNoPage() {
    for (Path page : List.of(folder, Path.of("/"))) {
      assertRefused(
          explain("--report", page),
          "error: --report: Expected a file to write, found the folder %s. Name a file in it, say"
                  .formatted(page)
              + " page.html.");
    }
  }
}
