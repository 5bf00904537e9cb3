package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.testkit.Browser;

/** {@code mtl diagnose} on a shop whose model has gates and whose features are tags of HTML. */
class DiagnoseCommandTest {
  private static final String SCRIPT = "\"<script>document.title=1</script>\"";

  @TempDir private static Path folder;
  @TempDir private Path scratch;

  private static Path run;
  private static Cli.Ran diagnosed;

  @BeforeAll
  static void diagnoseOnce() throws IOException {
    TinyShop shop =
        TinyShop.in(folder)
            .with(
                "{type: shared_bottom, bottom_layers: [8], tower_layers: []}",
                "{type: mmoe, experts: 3, expert_layers: [8], tower_layers: []}");
    for (Path log : List.of(shop.train(), shop.test())) {
      Files.writeString(log, Files.readString(log).replace("\"sad\"", SCRIPT));
    }
    run = folder.resolve("run");
    diagnosed =
        Cli.run(
            "diagnose",
            shop.experiment().toString(),
            "--set",
            "evaluation.bootstrap=100",
            "--slice",
            "mood",
            "--output",
            run.toString(),
            "--json");
  }

  @Test
  void anExperimentIsTrainedAndDiagnosed() {
    assertThat(diagnosed.exitCode()).as(diagnosed.err()).isZero();
    JsonNode json = diagnosed.json();
    assertThat(json.get("run").asText()).isEqualTo(run.toString());
    assertThat(json.get("report").asText())
        .isEqualTo(run.resolve("diagnosis/report.html").toString());
    List<String> outputs = new ArrayList<>();
    json.get("figures").forEach(figure -> outputs.add(figure.get("output").asText()));
    assertThat(outputs).contains("click", "rating", "mood");
    assertThat(json.at("/figures/0/runs/0/run").asText()).isEqualTo("single-task");
    assertThat(json.at("/figures/0/runs/1/run").asText()).isEqualTo("multi-task");
    assertThat(json.get("gain").isNumber()).isTrue();
    assertThat(json.get("findings").isArray()).isTrue();
    JsonNode gate = json.at("/gates/0");
    assertThat(gate.get("by").asText()).isEqualTo("mood");
    assertThat(gate.get("gate").asText()).isEqualTo("gate/click");
    assertThat(gate.get("experts")).hasSize(3);
    JsonNode slice = gate.at("/slices/0");
    assertThat(slice.get("weights")).hasSize(3);
    assertThat(slice.fieldNames())
        .toIterable()
        .containsExactly(
            "slice", "rows", "units", "small", "weights", "entropy", "distance", "chance", "p");
    assertThat(run.resolve("export/1")).isDirectory();
    assertThat(diagnosed.err())
        .contains("training click alone...", "comparing...")
        .doesNotContain("repeating its training");
  }

  @Test
  void everyPlotIsDrawnAndNoClassIsRun() throws Exception {
    Browser.Page page =
        Browser.open(Files.readString(run.resolve("diagnosis/report.html")), scratch);

    assertThat(page.console()).isEmpty();
    assertThat(page.drawn()).isEqualTo(page.plots()).isGreaterThan(8);
    assertThat(page.dom())
        .contains(
            "<title>Diagnosis of shop</title>",
            "Gain over single task",
            "Gradient cosines over epochs",
            "Gate weights",
            "Gates by slice of test: mood",
            "gate/click by mood",
            "How alike experts are")
        .as("a long name is shortened in its middle")
        .containsPattern(">gate/mood, l[^<]*\u2026[^<]*/script&gt;<");
  }

  @Test
  void aRunIsDiagnosedAgainAndPrintedAsMarkdown() {
    // In place of the page that other tests look at, in whatever order they run.
    Cli.Ran ran = Cli.run("diagnose", run.toString(), "--slice", "mood", "--format", "markdown");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("# Diagnosis of shop\n")
        .contains("## Findings", "## Gain over single task", "| gate/click | label 1 | ")
        .contains("## Gates by slice of test: mood");
  }

  @Test
  void aRunIsDiagnosedAsItIs() {
    Cli.Ran ran = Cli.run("diagnose", run.toString(), "--set", "seed=4");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: mtl diagnose: Expected an experiment (.yaml) with --output or --set, found the run %s.%n  A run is diagnosed as it is; leave these options out.%n"
                .formatted(run));
  }

  @Test
  void aRunThatSomebodyWritesToIsLeftAlone() throws IOException {
    FolderLock lock = FolderLock.take(run).orElseThrow();
    try {
      Cli.Ran ran = Cli.run("diagnose", run.toString());

      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .isEqualTo(
              "error: %s: The diagnosis's folder is in use: this process writes to it.%n  Wait until that has ended or end it, then diagnose the run once more.%n"
                  .formatted(run));
    } finally {
      lock.close();
    }
  }

  @Test
  void anExperimentOfOneTaskIsNotEvenTrained() {
    Path none = folder.resolve("none");
    Cli.Ran ran =
        Cli.run(
            "diagnose",
            folder.resolve("shop.yaml").toString(),
            "--set",
            "tasks={click: {type: binary, label: click}}",
            "--output",
            none.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: tasks (--set tasks): Expected two tasks or more to diagnose what they do to each other, found click alone.%n  Look at mtl report --run RUN, which shows what there is to see of one task.%n"
                .formatted());
    assertThat(none).doesNotExist();
  }

  @Test
  void aColumnThatIsNotThereIsSaidBeforeAnythingIsTrained() {
    Path none = folder.resolve("none");
    Cli.Ran ran =
        Cli.run(
            "diagnose",
            folder.resolve("shop.yaml").toString(),
            "--slice",
            "moot",
            "--output",
            none.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: --slice: ").contains("moot", "mood");
    assertThat(none).doesNotExist();
  }

  @Test
  void whatIsNoRunIsSaid() {
    Cli.Ran ran = Cli.run("diagnose", folder.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: %s: Expected a run with the file experiment.yaml, found none.%n  Give a folder that mtl train wrote, say runs/NAME.%n"
                .formatted(folder));
  }
}
