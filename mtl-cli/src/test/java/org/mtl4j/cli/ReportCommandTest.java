package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.testkit.Browser;

/** A run's report in each format; one of its classes goes by a name that is a script. */
class ReportCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SCRIPT = "<script>document.title=1</script>";

  @TempDir private static Path folder;
  @TempDir private Path scratch;

  private static Path run;

  @BeforeAll
  static void trainOnce() throws IOException {
    TinyShop shop = TinyShop.in(folder);
    for (Path log : new Path[] {shop.train(), shop.test()}) {
      Files.writeString(log, Files.readString(log).replace("\"sad\"", "\"" + SCRIPT + "\""));
    }
    run = folder.resolve("run");
    Ran trained = Cli.run("train", shop.experiment().toString(), "--output", run.toString());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  private static Ran report(String... more) {
    String[] args = new String[more.length + 3];
    System.arraycopy(new String[] {"report", "--run", run.toString()}, 0, args, 0, 3);
    System.arraycopy(more, 0, args, 3, more.length);
    return Cli.run(args);
  }

  /** The test split's click AUC with its interval, as reports write them. */
  private static String auc() throws IOException {
    JsonNode metrics = JSON.readTree(run.resolve("metrics.json").toFile());
    JsonNode bounds = JSON.readTree(run.resolve("intervals.json").toFile()).at("/test/click/auc");
    return String.format(
        Locale.ROOT,
        "%.5f [%.4f, %.4f]",
        metrics.at("/test/click/auc").asDouble(),
        bounds.get(0).asDouble(),
        bounds.get(1).asDouble());
  }

  @Test
  void markdownIsPrinted() throws IOException {
    Ran ran = report();

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("# shop\n")
        .contains("## Metrics: test", "| click | ", auc().replace("[", "\\[").replace("]", "\\]"));
  }

  @Test
  void csvHasAFigureALine() throws IOException {
    assertThat(report("--format", "CSV").out())
        .contains("Metrics: test,1,click,auc,\"" + auc() + "\"");
  }

  @Test
  void theFileIsWhatTheRunHas() throws IOException {
    Path page = scratch.resolve("page.html");
    Path data = scratch.resolve("data.json");
    Ran ran = report("--format", "html", "--output", page.toString(), "--json");
    report("--format", "json", "--output", data.toString());

    assertThat(ran.json().get("output").asText()).isEqualTo(page.toString());
    assertThat(page).hasSameBinaryContentAs(run.resolve("report.html"));
    assertThat(data).hasSameBinaryContentAs(run.resolve("report.json"));
  }

  @Test
  void everyPlotIsDrawnAndNoClassIsRun() throws Exception {
    Browser.Page page = Browser.open(Files.readString(run.resolve("report.html")), scratch);

    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("<title>shop</title>", "document.title=1");
    assertThat(page.drawn()).isEqualTo(page.plots()).isGreaterThan(5);
  }

  @Test
  void aDamagedReportIsSaid() throws IOException {
    Path file = run.resolve("report.json");
    String whole = Files.readString(file);
    try {
      Files.writeString(file, whole.substring(0, 100));
      Ran ran = report();
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .contains(
              file
                  + ": Expected what the run's report shows, found something else.\n  Go on with mtl"
                  + " train EXPERIMENT.yaml --output RUN --resume, which writes it anew.");
      Files.delete(file);
      assertThat(report().err())
          .contains(file + ": Expected what the run's report shows, found no such file.");
    } finally {
      Files.writeString(file, whole);
    }
  }

  @Test
  void anUnknownFormatNamesTheKnown() {
    Ran ran = report("--format", "pdf");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("pdf", "HTML", "MARKDOWN", "JSON", "CSV");
  }
}
