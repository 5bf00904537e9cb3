package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;

/** What the linter stops, what it lets pass, and what it says. */
class LintTest {
  private static final String LEAK = "It reads the column \"click\", which is the label of task";

  @TempDir private Path folder;
  private TinyShop shop;

  @BeforeEach
  void makeShop() throws IOException {
    shop = TinyShop.in(folder);
  }

  private void plantLeak() throws IOException {
    shop.with("tasks:", "  clicked: {type: numeric, column: click}\ntasks:");
  }

  private Ran train(String... options) {
    String[] words = new String[4 + options.length];
    words[0] = "train";
    words[1] = shop.experiment().toString();
    words[2] = "--output";
    words[3] = folder.resolve("run").toString();
    System.arraycopy(options, 0, words, 4, options.length);
    return Cli.run(words);
  }

  @Test
  void anErrorStopsTheTrainingWithThreeAndLeavesNoRun() throws IOException {
    plantLeak();
    Ran ran = train();
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.err())
        .contains("error: features.clicked (" + shop.experiment(), "): LABEL_AS_FEATURE: " + LEAK)
        .contains("If it is meant so, lint: {allow: [LABEL_AS_FEATURE]}.");
    assertThat(folder.resolve("run")).doesNotExist();
    assertThat(train("--json").json().at("/problems/0/code").asText()).isEqualTo("LINT");
  }

  @Test
  void whoeverAsksForNoLintTrainsAndWhoeverAllowsTheCheckToo() throws IOException {
    plantLeak();
    assertThat(train("--no-lint").exitCode()).isZero();
    Ran allowed =
        Cli.run(
            "train",
            shop.experiment().toString(),
            "--set",
            "lint.allow=[LABEL_AS_FEATURE]",
            "--output",
            folder.resolve("allowed").toString());
    assertThat(allowed.exitCode()).as(allowed.err()).isZero();
    assertThat(folder.resolve("allowed/report.html")).exists();
  }

  @Test
  void aRunGoesOnWithAnotherListOfWhatIsAllowed() throws IOException {
    assertThat(train().exitCode()).isZero();
    Ran resumed = train("--resume", "--set", "training.epochs=3", "--set", "lint.allow=[DRIFT]");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
  }

  @Test
  void aWarningIsSaidAndStandsInTheReport() throws IOException {
    shop.with("price: {type: numeric, group: item}", "price: {type: numeric, group: user}");
    Ran ran = train();
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("warning: features.price: CONTRADICTORY_ATTRIBUTES: It differs");
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("<h2>Linter</h2>", "features.price: CONTRADICTORY_ATTRIBUTES");
  }

  @Test
  void lintAloneListsAllFindingsForPeopleAndPrograms() throws IOException {
    plantLeak();
    shop.with("price: {type: numeric, group: item}", "price: {type: numeric, group: user}");
    Ran ran = Cli.run("lint", shop.experiment().toString());
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out())
        .contains("error: features.clicked (" + shop.experiment(), "LABEL_AS_FEATURE: " + LEAK)
        .contains("warning: features.price (" + shop.experiment(), "CONTRADICTORY_ATTRIBUTES");
    JsonNode json = Cli.run("lint", shop.experiment().toString(), "--json").json();
    assertThat(json.get("errors").asInt()).isEqualTo(1);
    assertThat(json.get("warnings").asInt()).isEqualTo(json.get("findings").size() - 1);
    assertThat(json.at("/findings/0/check").asText()).isEqualTo("LABEL_AS_FEATURE");
    assertThat(json.at("/findings/0/severity").asText()).isEqualTo("error");
    assertThat(json.at("/findings/0/where").asText()).isEqualTo("features.clicked");
    assertThat(json.at("/findings/0/evidence").asText()).startsWith(LEAK);
    assertThat(json.at("/findings/0/remedy").asText()).startsWith("Take the feature out");
  }

  @Test
  void lintOfWhatHasNoErrorsEndsWithZero() {
    Ran ran = Cli.run("lint", shop.experiment().toString());
    assertThat(ran.exitCode()).as(ran.out()).isZero();
    assertThat(ran.out()).contains("0 errors, ");
  }
}
