package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.TestSeed;

/** {@code mtl evaluate --scores}: figures of any system's scores, against their definitions. */
class ScoresTest {
  @TempDir private Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static Cli.Ran evaluate(Path file, String... more) {
    List<String> words =
        new ArrayList<>(List.of("evaluate", "--scores", file.toString(), "--label", "y"));
    words.addAll(List.of("--score", "p"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }

  /** A tie, a weight and two users, by hand. */
  @Test
  void figuresAreThoseOfTheirDefinitions() throws IOException {
    Path csv =
        file(
            "scores.csv",
            "user,y,p,w",
            "a,1,0.9,1",
            "a,0,0.6,1",
            "a,1,0.6,2",
            "b,0,0.2,1",
            "b,1,0.1,1");
    JsonNode json = evaluate(csv, "--weight", "w", "--group", "user", "--json").json();
    assertThat(json.get("rows").asInt()).isEqualTo(5);
    // Weights of pairs in order: .9 beats both (2), the weighty .6 ties one and beats one (2 x
    // 1.5).
    assertThat(json.get("auc").asDouble()).isCloseTo(5.0 / 8, within(1e-12));
    double brier = (.01 + .36 + 2 * .16 + .04 + .81) / 6;
    assertThat(json.get("brier").asDouble()).isCloseTo(brier, within(1e-12));
    double loss = -(Math.log(.9) + Math.log(.4) + 2 * Math.log(.6) + Math.log(.8) + Math.log(.1));
    assertThat(json.get("log_loss").asDouble()).isCloseTo(loss / 6, within(1e-12));
    assertThat(json.has("pr_auc") && json.has("gauc") && json.has("ndcg@10")).isTrue();
    assertThat(json.get("intervals").has("auc")).isTrue();
  }

  /** Users a and b see x first, both; of a's first two one is red and one blue, of b's both red. */
  @Test
  void figuresOfItemsAreThoseOfTheirDefinitions() throws IOException {
    Path csv =
        file(
            "items.csv",
            "user,y,p,item,colour,size,seen",
            "a,1,0.9,x,red,1,7",
            "a,0,0.6,z,blue,1,2",
            "a,1,0.5,v,,1,0",
            "b,0,0.2,x,red,1,7",
            "b,1,0.1,w,red,1,4");
    JsonNode json =
        evaluate(
                csv,
                "--group",
                "user",
                "--item",
                "item",
                "--item-count",
                "seen",
                "--item-content",
                "colour,size",
                "--k",
                "1,2",
                "--json")
            .json();
    assertThat(json.get("coverage@1").asDouble()).isCloseTo(1 / 4.0, within(1e-12));
    assertThat(json.get("coverage@2").asDouble()).isCloseTo(3 / 4.0, within(1e-12));
    assertThat(json.get("diversity@1").isNull()).isTrue();
    assertThat(json.get("diversity@2").asDouble()).isCloseTo((1 / 2.0 + 0) / 2, within(1e-12));
    assertThat(json.get("popularity@1").asDouble()).isCloseTo(7, within(1e-12));
    assertThat(json.get("popularity@2").asDouble())
        .isCloseTo(((7 + 2) / 2.0 + (7 + 4) / 2.0) / 2, within(1e-12));
    Cli.Ran without = evaluate(csv, "--group", "user", "--item", "item", "--json");
    assertThat(without.json().has("coverage@10")).isTrue();
    assertThat(without.json().has("diversity@10")).isFalse();
    assertThat(without.json().has("popularity@10")).isFalse();
    assertThat(without.err())
        .contains(
            "popularity@10 is left out: name a column of the number of training rows that each"
                + " row's item stands in with --item-count",
            "diversity@10 is left out: name columns of what items are like with --item-content");
  }

  @Test
  void columnsOfItemsThatSayNothingAreRefused() throws IOException {
    Path csv = file("items.csv", "user,y,p,item,seen", "a,1,0.9,x,-1", "a,0,0.6,z,3");
    assertRefused(
        csv,
        "--item things: The source has no column \"things\".",
        "--group",
        "user",
        "--item",
        "things");
    assertRefused(
        csv,
        "--item: Expected --group beside it, as figures of items are taken group by group; found"
            + " none.",
        "--item",
        "item");
    assertRefused(
        csv, "--item-content: Expected --item beside it, found none.", "--item-content", "colour");
    assertRefused(
        csv, "--item-count: Expected --item beside it, found none.", "--item-count", "seen");
    assertRefused(
        csv,
        "items.csv, line 2: Expected a number of training rows of at least 0 in the column"
            + " \"seen\", found \"-1\".\n  Mend the row, or leave it out of the file.",
        "--group",
        "user",
        "--item",
        "item",
        "--item-count",
        "seen");
  }

  @Test
  void formatsGiveTheSameFiguresAndTextHasThemWithIntervals() throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<String> csv = new ArrayList<>(List.of("y,p"));
    List<String> tsv = new ArrayList<>(List.of("y\tp"));
    List<String> jsonl = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      int y = random.nextInt(2);
      double p = (2 * random.nextDouble() + y) / 3;
      csv.add(y + "," + p);
      tsv.add(y + "\t" + p);
      jsonl.add("{\"y\": " + y + ", \"p\": " + p + "}");
    }
    JsonNode expected = evaluate(file("s.csv", csv.toArray(String[]::new)), "--json").json();
    assertThat(expected.at("/intervals/auc/0").asDouble())
        .isLessThan(expected.get("auc").asDouble());
    assertThat(expected.has("gauc")).isFalse();
    for (Path other :
        List.of(
            file("s.tsv", tsv.toArray(String[]::new)),
            file("s.jsonl", jsonl.toArray(String[]::new)))) {
      JsonNode found = evaluate(other, "--json").json();
      assertThat(found.get("auc")).isEqualTo(expected.get("auc"));
      assertThat(found.get("intervals")).isEqualTo(expected.get("intervals"));
    }
    assertThat(evaluate(folder.resolve("s.csv")).out())
        .containsPattern("auc +0\\.\\d{4} \\[0\\.\\d{4}, 0\\.\\d{4}]")
        .contains("200 rows");
  }

  /** The scores of one country are turned round. */
  @Test
  void slicesAreTheFiguresOfAFileWithTheirRowsAlone() throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<String> all = new ArrayList<>(List.of("y,p,country"));
    List<String> french = new ArrayList<>(List.of("y,p,country"));
    for (int row = 0; row < 400; row++) {
      int y = random.nextInt(2);
      String country = row % 3 == 0 ? "fr" : "de";
      double p = (2 * random.nextDouble() + (row % 3 == 0 ? 1 - y : y)) / 3;
      all.add(y + "," + p + "," + country);
      if (row % 3 == 0) {
        french.add(all.get(all.size() - 1));
      }
    }
    Path csv = file("all.csv", all.toArray(String[]::new));
    JsonNode slices = evaluate(csv, "--slice", "country", "--json").json().get("slices");
    JsonNode first = slices.at("/0/outputs/p/slices/0");
    JsonNode own = evaluate(file("fr.csv", french.toArray(String[]::new)), "--json").json();
    assertThat(slices.at("/0/by").asText()).isEqualTo("country");
    assertThat(first.get("slice").asText()).isEqualTo("fr");
    assertThat(first.get("rows")).isEqualTo(own.get("rows"));
    assertThat(first.at("/metrics/auc")).isEqualTo(own.get("auc"));
    assertThat(first.at("/metrics/ece")).isEqualTo(own.get("ece"));
    assertThat(first.at("/intervals/auc")).isEqualTo(own.at("/intervals/auc"));
    assertThat(evaluate(csv, "--slice", "country").out())
        .contains("p by country:")
        .containsPattern("slice +rows +positives +auc +95 % +difference +pr_auc")
        .containsPattern("fr +134 +\\d+ +0\\.\\d{4} +\\[0\\.");
    assertRefused(
        csv,
        "--slice: The source has no column \"land\".",
        "--slice",
        "country",
        "--slice",
        "land");
  }

  @Test
  void scoresThatAreNoProbabilitiesAreRankedAllTheSame() throws IOException {
    Path csv = file("s.csv", "y,p", "1,7.5", "0,-2", "1,3", "0,3");
    Cli.Ran ran = evaluate(csv, "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.json().get("auc").asDouble()).isCloseTo(3.5 / 4, within(1e-12));
    assertThat(ran.json().get("log_loss").isNull()).isTrue();
    assertThat(ran.json().get("brier").isNull()).isTrue();
    assertThat(ran.err()).contains("warning: p/log_loss is not defined: ").contains("7.5");
  }

  @Test
  void whatIsNoTableOfScoresIsSaidInALine() throws IOException {
    assertRefused(
        file("label.csv", "y,p", "1,0.5", "2,0.5"),
        "label.csv, line 3: Expected a label of 0 or 1 in the column \"y\", found \"2\".");
    assertRefused(
        file("nan.csv", "y,p", "1,0.5", "0,NaN"),
        "nan.csv, line 3: Expected a score that is a finite number in the column \"p\", found ");
    assertRefused(
        file("text.csv", "y,p", "1,high"),
        "text.csv, line 2: Expected a score that is a finite number in the column \"p\", found"
            + " \"high\".");
    assertRefused(
        file("negative.csv", "y,p,w", "1,0.5,-1"),
        "negative.csv, line 2: Expected an example weight of at least 0 in the column \"w\","
            + " found \"-1\".",
        "--weight",
        "w");
    assertRefused(
        file("empty.csv", "y,p"), "empty.csv: Expected at least one row of data, found none.");
    assertRefused(
        file("groups.csv", "y,p,usr", "1,0.5,a"),
        "--group user: The source has no column \"user\".",
        "--group",
        "user");
    assertRefused(folder.resolve("none.csv"), "none.csv");
    Cli.Ran ofRun = Cli.run("evaluate", "--run", "runs/x", "--data", "d.csv", "--trim");
    assertThat(ofRun.exitCode()).isEqualTo(2);
    assertThat(ofRun.err())
        .startsWith("error: --trim: Expected no such option beside an experiment");
    Cli.Ran both = evaluate(folder.resolve("groups.csv"), "--run", "runs/x", "--data", "d.csv");
    assertThat(both.exitCode()).isEqualTo(2);
  }

  @Test
  void anOptionOfNoSenseIsNamed() throws IOException {
    Path csv = file("s.csv", "y,p", "1,0.5");
    assertSays(
        evaluate(csv, "--delimiter", ""),
        "--delimiter: Expected text without quotes and line breaks, found \"\".");
    assertSays(
        evaluate(csv, "--max-bad-rows", "-1"), "--max-bad-rows: Expected at least 0, found -1.");
    assertSays(
        evaluate(csv, "--k", "0"),
        "--k: Expected whole numbers of at least 1, each once, found [0].");
    assertSays(
        evaluate(csv, "--bootstrap", "-1"),
        "--bootstrap: Expected at least 0 replicates, found -1.");
    assertSays(
        Cli.run("evaluate", "--scores", "", "--label", "y", "--score", "p"),
        "Expected a file or a glob, found [].");
  }

  private static void assertSays(Cli.Ran ran, String message) {
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).isEqualTo("error: " + message + System.lineSeparator());
  }

  private static void assertRefused(Path file, String message, String... more) {
    Cli.Ran ran = evaluate(file, more);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: ").contains(message);
    assertThat(ran.err().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
  }
}
