package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.experiment.kept.KeptRows;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.testkit.Browser;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.TestSeed;

/** {@code mtl compare} on runs of one log: one learnt from price and item, one from nothing. */
class CompareTest {
  private static final String BLIND = "features:\n  user: {type: categorical, dim: 4, group: user}";

  @TempDir private static Path folder;

  private static Path seeing;
  private static Path blind;
  private static Path others;

  @BeforeAll
  static void train() throws IOException {
    TinyShop shop =
        TinyShop.in(folder)
            .with("training: {", "training: {optimizer: {type: adam, learning_rate: 0.02}, ");
    Files.write(shop.train(), log(1500));
    Files.write(shop.test(), log(1000));
    seeing = train(shop, "seeing");
    String yaml = Files.readString(shop.experiment());
    Files.writeString(
        shop.experiment(), yaml.replaceAll("(?s)features:.*?\ntasks:", BLIND + "\ntasks:"));
    blind = train(shop, "blind");
    // Fewer test rows, and no groups.
    List<String> lines = Files.readAllLines(shop.test());
    Files.write(shop.test(), lines.subList(0, 60));
    others = train(shop, "others");
  }

  /** Dear items are clicked four times as often as cheap ones. */
  private static List<String> log(int rows) {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<String> lines = new ArrayList<>(List.of("user,item,price,click,rating,mood"));
    for (int r = 0; r < rows; r++) {
      int item = random.nextInt(20);
      int click = random.nextInt(10) < (item < 10 ? 2 : 8) ? 1 : 0;
      lines.add(
          "u%d,i%d,%d.5,%d,%d,%s"
              .formatted(
                  random.nextInt(30),
                  item,
                  5 + item,
                  click,
                  1 + random.nextInt(5),
                  r % 3 == 0 ? "sad" : r % 3 == 1 ? "glad" : "so"));
    }
    return lines;
  }

  private static Path train(TinyShop shop, String name) {
    return train(shop, folder.resolve(name));
  }

  private static Path train(TinyShop shop, Path run) {
    Cli.Ran ran =
        Cli.run("train", shop.experiment().toString(), "--output", run.toString(), "--no-lint");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return run;
  }

  private static Cli.Ran compare(Object... args) {
    List<String> words = new ArrayList<>(List.of("compare"));
    for (Object arg : args) {
      words.add(arg.toString());
    }
    return Cli.run(words.toArray(String[]::new));
  }

  /** AUC of click by all pairs of the rows that a run kept. */
  private static double pairs(Path run) {
    List<float[]> rows = new ArrayList<>();
    KeptRows.open(run.resolve("predictions/test.bin"))
        .forEach(
            block -> {
              float[] scores = block.predictions().values().get("click");
              float[] labels = block.labels().get("click").labels();
              for (int r = 0; r < scores.length; r++) {
                rows.add(new float[] {scores[r], labels[r]});
              }
            });
    double inOrder = 0;
    double count = 0;
    for (float[] yes : rows) {
      for (float[] no : rows) {
        if (yes[1] == 1 && no[1] == 0) {
          inOrder += (1 + Math.signum(yes[0] - no[0])) / 2;
          count++;
        }
      }
    }
    return inOrder / count;
  }

  @Test
  void theRunThatSeesTheItemIsShownToBeBetter() {
    Cli.Ran ran = compare(blind, seeing, "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode auc = figure(ran.json(), "click", "auc");
    JsonNode other = auc.at("/runs/1");
    assertThat(other.get("run").asText()).isEqualTo(seeing.toString());
    assertThat(auc.at("/runs/0/value").asDouble()).isCloseTo(pairs(blind), within(1e-9));
    assertThat(other.get("value").asDouble()).isCloseTo(pairs(seeing), within(1e-9));
    assertThat(other.get("difference").asDouble())
        .isCloseTo(pairs(seeing) - pairs(blind), within(1e-9));
    assertThat(other.get("p_holm").asDouble()).isBetween(other.get("p").asDouble(), 0.05);
    assertThat(other.get("verdict").asText()).isEqualTo("better");
    assertThat(auc.get("winner").asText()).isEqualTo(seeing.toString());
    JsonNode loss = figure(ran.json(), "click", "log_loss");
    assertThat(loss.at("/runs/1/difference").asDouble()).isNegative();
    assertThat(loss.get("winner").asText()).isEqualTo(seeing.toString());
    JsonNode costs = ran.json().get("costs");
    assertThat(costs.at("/1/parameters").asLong())
        .isGreaterThan(costs.at("/0/parameters").asLong());
    assertThat(costs.at("/0/ms_per_100_rows").asDouble()).isPositive();
    assertThat(costs.at("/0/examples_per_second").asDouble()).isPositive();
    assertThat(costs.at("/0/trained_on/0").asText()).contains(" processor");
  }

  /** By Holm: the k-th least of m p-values times m - k + 1, and no less than the one before. */
  @Test
  void aDifferenceIsShownWhereItsCorrectedPIsBelowOneInTwenty() {
    List<JsonNode> compared = new ArrayList<>();
    for (JsonNode figure : compare(blind, seeing, "--json").json().get("figures")) {
      JsonNode run = figure.at("/runs/1");
      if (run.get("p").isNull()) {
        continue; // Of a figure that is not defined.
      }
      boolean more = run.get("difference").asDouble() > 0;
      String shown = more == figure.get("higher_is_better").asBoolean() ? "better" : "worse";
      boolean isShown = run.get("p_holm").asDouble() < 0.05;
      assertThat(run.get("verdict").asText()).isEqualTo(isShown ? shown : "no difference shown");
      compared.add(run);
    }
    compared.sort(Comparator.comparingDouble(run -> run.get("p").asDouble()));
    double before = 0;
    for (int k = 0; k < compared.size(); k++) {
      double p = Math.min(1, compared.get(k).get("p").asDouble() * (compared.size() - k));
      before = Math.max(before, p);
      assertThat(compared.get(k).get("p_holm").asDouble()).isCloseTo(before, within(1e-12));
    }
  }

  @Test
  void aPageShowsTheDifferences(@TempDir Path scratch) throws Exception {
    Path report = scratch.resolve("comparison.html");
    Path copy = scratch.resolve("copy");
    Copies.copy(blind, copy);
    Cli.Ran ran = compare(blind, seeing, copy, "--report", report, "--json");
    assertThat(ran.json().get("report").asText()).isEqualTo(report.toString());
    Browser.Page page = Browser.open(Files.readString(report), scratch);
    assertThat(page.console()).isEmpty();
    assertThat(page.drawn()).isEqualTo(page.plots()).isGreaterThan(3);
    assertThat(page.dom())
        .contains("Differences to the baseline", "no difference shown", "Pareto front");
  }

  /** Each in a folder of its own: the page lies beside the first. */
  private static Path copyInto(Path folder) throws IOException {
    Path copy = Files.createDirectories(folder).resolve("copy");
    Copies.copy(blind, copy);
    return copy;
  }

  private static String noPage(Path page, String why) {
    return "no page %s: %s Name another place with --report FILE, or none with --no-report.%n"
        .formatted(page, why);
  }

  @Test
  void thePageLiesBesideTheFirstRunInPlaceOfAnEarlierOne(@TempDir Path scratch) throws IOException {
    Path copy = copyInto(scratch);
    Path page = scratch.resolve("comparison.html");
    Cli.Ran ran = compare(copy, "--baseline", seeing);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).isEqualTo("report  %s%n".formatted(page));
    assertThat(page).content().contains("<title>Comparison with " + seeing + "</title>");
    assertThat(compare(copy, seeing, "--json").json().get("report").asText())
        .isEqualTo(page.toString());
    assertThat(page).content().contains("<title>Comparison with " + copy + "</title>");
    assertThat(Folders.names(scratch)).containsExactly("comparison.html", "copy");
    assertThat(compare(scratch.resolve("copy/../copy/."), seeing).err())
        .isEqualTo("report  %s%n".formatted(page));
  }

  @Test
  void noPageIsWrittenIfNobodyWantsOne(@TempDir Path scratch) throws IOException {
    Cli.Ran ran = compare(copyInto(scratch), seeing, "--no-report", "--json");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.json().has("report")).isFalse();
    assertThat(Folders.names(scratch)).containsExactly("copy");
    Cli.Ran both = compare(blind, seeing, "--no-report", "--report", scratch.resolve("page.html"));
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err())
        .isEqualTo(
            "error: --report: Expected no --no-report beside it, found both.%n  Leave one of the two out.%n"
                .formatted());
  }

  @Test
  void whatSomebodyElseWroteBesideTheRunsStays(@TempDir Path scratch) throws IOException {
    Path copy = copyInto(scratch);
    Path page = Files.writeString(scratch.resolve("comparison.html"), "<html>mine</html>");
    String stays = noPage(page, "What is there is no page of mtl's, and stays.");
    Cli.Ran ran = compare(copy, seeing, "--json");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).isEqualTo(stays);
    assertThat(ran.json().has("report")).isFalse();
    assertThat(page).hasContent("<html>mine</html>");
    Files.delete(page);
    Files.createDirectory(page);
    assertThat(compare(copy, seeing).err()).isEqualTo(stays);
    assertThat(page).isEmptyDirectory();
  }

  private static JsonNode figure(JsonNode json, String output, String metric) {
    for (JsonNode figure : json.get("figures")) {
      if (figure.get("output").asText().equals(output)
          && figure.get("metric").asText().equals(metric)) {
        return figure;
      }
    }
    throw new AssertionError("no " + output + "/" + metric + " in " + json);
  }

  @Test
  void theBaselineMayBeNamedAndTurnsTheSigns() {
    JsonNode there = figure(compare(blind, seeing, "--json").json(), "click", "auc");
    Cli.Ran ran = compare(blind, "--baseline", seeing, "--json");
    assertThat(ran.json().get("baseline").asText()).isEqualTo(seeing.toString());
    JsonNode back = figure(ran.json(), "click", "auc");
    assertThat(back.at("/runs/1/difference").asDouble())
        .isCloseTo(-there.at("/runs/1/difference").asDouble(), within(1e-12));
    assertThat(back.at("/runs/1/verdict").asText()).isEqualTo("worse");
    assertThat(back.get("winner").asText()).isEqualTo(seeing.toString());
  }

  @Test
  void aRunAndItsEqualShowNoDifference() throws IOException {
    Path copy = folder.resolve("copy");
    Copies.copy(blind, copy);
    Cli.Ran ran = compare(blind, copy);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern(
            "click +auc +\\S+copy .*\\+0\\.0000 +\\[0\\.0000, 0\\.0000] .*no difference")
        .doesNotContain("better", "worse");
  }

  @Test
  void markdownAndCsvHaveARowAFigureAndRun() {
    List<String> csv = compare(blind, seeing, "--format", "csv").out().lines().toList();
    assertThat(csv.get(0)).isEqualTo("output,metric,run,value,95 %,difference,95 %,p,verdict");
    assertThat(csv.get(2)).startsWith("click,auc," + seeing + ",0.").endsWith(",better");
    assertThat(csv.get(csv.size() - 6)).matches(",parameters,\\Q" + blind + "\\E,\\d+,,,,,");
    assertThat(csv.get(csv.size() - 2))
        .matches(",examples/s,\\Q" + seeing + "\\E,\\d+\\.\\d+,,,,,");
    assertThat(csv.get(csv.size() - 1)).matches(",ms per 100 rows,\\Q" + seeing + "\\E,\\d.*,,,,,");
    String markdown = compare(blind, seeing, "--format", "markdown").out();
    assertThat(markdown)
        .startsWith("| output | metric | run | value |")
        .contains(
            "|---|---|---|", "| run | parameters | examples/s | trained on | ms per 100 rows |");
  }

  @Test
  void runsOfOtherTestRowsAreRefused() {
    Cli.Ran ran = compare(blind, others);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: %s: Expected the test rows of %s, found others: rows, labels, example weights or groups of click differ (1000 rows and 59).%n"
                    .formatted(others, blind)
                + "  Compare runs of the same data, data.split, seed, tasks and evaluation.group_by,"
                + " or measure both on one file by mtl evaluate."
                + System.lineSeparator());
  }

  /** A class that only the other run's training rows have: test rows and their labels are equal. */
  @Test
  void runsOfOtherClassesAreRefused(@TempDir Path scratch) throws IOException {
    TinyShop shop = TinyShop.in(scratch).with("validation: 0.2, ", "");
    Path first = train(shop, scratch.resolve("first"));
    Files.writeString(shop.train(), "u0,i0,5.5,0,3,zest\n".repeat(10), StandardOpenOption.APPEND);
    Path second = train(shop, scratch.resolve("second"));
    Cli.Ran ran = compare(first, second);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith(
            "error: %s: Expected the output mood to be multiclass of %s, as %s has it, found multiclass of %s.%n"
                .formatted(second, moods(first), first, moods(second)));
    assertThat(moods(second)).contains("zest");
  }

  private static List<String> moods(Path run) {
    return ManifestFile.read(Run.open(run).export()).outputs().stream()
        .filter(output -> output.name().equals("mood"))
        .findFirst()
        .orElseThrow()
        .classes();
  }

  @Test
  void oneRunIsNotComparedWithItself() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), blind);
    for (Path again : List.of(blind, link, folder.resolve("seeing/../blind"))) {
      Cli.Ran ran = compare(again, "--baseline", blind);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .contains("Expected another run than the baseline " + blind + ", found none.");
    }
  }

  /** Each further comparison makes the corrected p-values larger. */
  @Test
  void aRunThatIsNamedTwiceIsComparedOnce() {
    JsonNode twice = compare(blind, seeing, seeing, "--json").json();
    assertThat(twice.get("figures"))
        .isEqualTo(compare(blind, seeing, "--json").json().get("figures"));
    assertThat(twice.get("costs")).hasSize(2);
  }

  @Test
  void aRunOfAnEarlierReleaseIsComparedWithoutItsSpeed(@TempDir Path scratch) throws IOException {
    Path earlier = scratch.resolve("earlier");
    Copies.copy(blind, earlier);
    Files.delete(earlier.resolve("timing.jsonl"));
    JsonNode cost = compare(seeing, earlier, "--json").json().at("/costs/1");
    assertThat(cost.get("examples_per_second").isNull()).isTrue();
    assertThat(cost.get("trained_on")).isEmpty();
    assertThat(compare(seeing, earlier, "--format", "markdown").out())
        .containsPattern("\\| \\Q" + earlier + "\\E \\| [\\d,]+ \\| - \\| - \\| \\d+\\.\\d\\d \\|");
    assertThat(compare(seeing, earlier, "--format", "csv").out())
        .contains(",examples/s," + earlier + ",-,,,,,");
  }

  @Test
  void aRunWithoutKeptPredictionsSaysWhatToDo() throws IOException {
    Path bare = folder.resolve("bare");
    Copies.copy(blind, bare);
    Files.delete(bare.resolve("predictions/test.bin"));
    Cli.Ran ran = compare(blind, bare);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "Expected the predictions of a run's test rows, found no such file.",
            "evaluation.keep_predictions: false");
  }
}
