package org.mtl4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.Browser;

/** Reports in each format, and above all what comes of names that someone means ill with. */
class ReportFormatTest {
  private static final String SCRIPT = "<script>document.title='run'</script>";

  /** Ends a text, an attribute, a script, a comment and a Markdown cell, if nobody looks. */
  private static final String NASTY = SCRIPT + "</script><!--\"'`|*_&amp;\\ \u2028é";

  private static final Report REPORT =
      new Report(
          NASTY,
          List.of(
              new Report.Section(
                  "Words",
                  List.of(
                      Paragraph.of(NASTY),
                      Paragraph.aside("aside"),
                      Paragraph.warning("act"),
                      new Listing(List.of(NASTY, "two")),
                      new Code("a: " + NASTY + "\n```\nb: 1\n"))),
              new Report.Section(
                  NASTY,
                  List.of(
                      new Table(
                          List.of("output", NASTY),
                          List.of(
                              Table.row(NASTY, "0.5"),
                              List.of(
                                  Table.Cell.of("a, \"b\""),
                                  new Table.Cell("1", Table.Cell.Mark.BEST)))),
                      lines(),
                      new BarChart(
                          caption("bars"),
                          List.of(NASTY, "b"),
                          Axis.of("rows"),
                          List.of(BarChart.Series.of(NASTY, 3, Double.NaN))),
                      new HeatMap(
                          caption("gates"),
                          List.of(NASTY, "expert 2"),
                          List.of(
                              new HeatMap.Row(NASTY, List.of(.25, .75)),
                              new HeatMap.Row("b", List.of(.5, Double.NaN))),
                          new Axis.Range(0, 1)),
                      new IntervalChart(
                          caption("gain"),
                          Axis.of("auc"),
                          0,
                          List.of(
                              new IntervalChart.Figure(NASTY, .01, -.01, .03),
                              new IntervalChart.Figure("b", .02, Double.NaN, Double.NaN)))))));

  private static Chart.Caption caption(String what) {
    return new Chart.Caption(what + " " + NASTY, NASTY);
  }

  private static LineChart lines() {
    return new LineChart(
        caption("curve"),
        Axis.unit(NASTY),
        new Axis("loss", Optional.empty(), true),
        List.of(
            new LineChart.Series(
                NASTY,
                LineChart.Style.LINE,
                List.of(LineChart.Point.of(0, 1), LineChart.Point.of(1, Double.NaN))),
            new LineChart.Series(
                "front", LineChart.Style.POINTS, List.of(new LineChart.Point(.5, .5, NASTY)))));
  }

  @Test
  void thePageDrawsEveryPlotAndRunsNothingOfTheData(@TempDir Path folder) throws Exception {
    Browser.Page page = Browser.open(ReportFormat.HTML.write(REPORT), folder);

    assertThat(page.console()).isEmpty();
    assertThat(page.plots()).isEqualTo(4);
    assertThat(page.drawn()).isEqualTo(4);
    assertThat(page.dom()).doesNotContain("<title>run</title>");
  }

  /** A feature's name is as long as its owner likes. */
  @Test
  void longNamesLeaveAPlotItsRoom(@TempDir Path folder) throws Exception {
    String name = "a".repeat(150) + "z".repeat(150);
    Report report =
        new Report(
            "long",
            List.of(
                new Report.Section(
                    "plots",
                    List.of(
                        new HeatMap(
                            new Chart.Caption("gates", ""),
                            List.of("expert"),
                            List.of(new HeatMap.Row(name, List.of(1.0))),
                            new Axis.Range(0, 1)),
                        new IntervalChart(
                            new Chart.Caption("gain", ""),
                            Axis.of("auc"),
                            0,
                            List.of(new IntervalChart.Figure(name, .01, -.01, .03)))))));

    Browser.Page page = Browser.open(ReportFormat.HTML.write(report), folder);

    assertThat(page.drawn()).isEqualTo(2);
    // What begins alike differs at its end.
    assertThat(page.dom().split(">a+\u2026z+</text>", -1)).hasSize(1 + 2);
    assertThat(page.dom()).doesNotContain(">" + name + "</text>");
  }

  @Test
  void thePageFetchesNothing() {
    // The library has tags in texts of its own, which it draws.
    String page = ReportFormat.HTML.write(REPORT).replace(PageAssets.chartLibrary(), "");

    assertThat(page).doesNotContainPattern("<(script|link|img)[^>]*(src|href)=");
    assertThat(page).contains("default-src 'none'");
    // Ours are the data, the library and the page's own.
    assertThat(page.split("<script", -1)).hasSize(1 + 3);
  }

  @Test
  void aPageWithoutPlotsNeedsNoScript() {
    Report plain = new Report("plain", List.of(new Report.Section("a", List.of())));

    assertThat(ReportFormat.HTML.write(plain)).doesNotContain("<script").hasSizeLessThan(5000);
  }

  @Test
  void jsonHoldsEverything() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ReportFormat.JSON.write(REPORT));

    assertThat(json.get("title").asText()).isEqualTo(NASTY);
    JsonNode words = json.get("sections").get(0).get("elements");
    assertThat(words.findValuesAsText("type"))
        .containsExactly("paragraph", "paragraph", "paragraph", "list", "code");
    JsonNode figures = json.get("sections").get(1).get("elements");
    assertThat(figures.findValuesAsText("type"))
        .containsExactly("table", "lines", "bars", "heatmap", "intervals");
    JsonNode points = figures.get(1).get("series").get(0).get("points");
    assertThat(points.get(0).get("y").asDouble()).isEqualTo(1);
    assertThat(points.get(1).get("y").isNull()).isTrue();
    assertThat(figures.get(4).get("figures").get(1).get("low").isNull()).isTrue();
  }

  @Test
  void jsonIsReadBackAsItWas() throws IOException {
    assertThat(ReportFormat.read(ReportFormat.JSON.write(REPORT))).isEqualTo(REPORT);
  }

  @Test
  void csvHasALineACell() throws IOException {
    try (CSVParser csv =
        CSVFormat.RFC4180.parse(new StringReader(ReportFormat.CSV.write(REPORT)))) {
      assertThat(csv.getRecords().stream().map(CSVRecord::toList).toList())
          .containsExactly(
              List.of("section", "table", "row", "column", "value"),
              List.of(NASTY, "1", NASTY, NASTY, "0.5"),
              List.of(NASTY, "1", "a, \"b\"", NASTY, "1"));
    }
  }

  @Test
  void markdownIsText() {
    Report report =
        new Report(
            "a|b",
            List.of(
                new Report.Section(
                    "<b>",
                    List.of(
                        Paragraph.warning("1 < 2\nand *more*"),
                        new Listing(List.of("one", "two")),
                        new Code("```\nx: 1\n"),
                        new Table(List.of("name", "v"), List.of(Table.row("a|b\\", "1"))),
                        new BarChart(
                            new Chart.Caption("rows", "How many."),
                            List.of(),
                            Axis.of("n"),
                            List.of())))));

    assertThat(ReportFormat.MARKDOWN.write(report))
        .isEqualTo(
            """
            # a\\|b

            ## \\<b\\>

            **Note:** 1 \\< 2 and \\*more\\*

            - one
            - two

            ````
            ```
            x: 1
            ````

            | name | v |
            |---|--:|
            | a\\|b\\\\ | 1 |

            *Plot: rows.* How many.
            """);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(Table.row("1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 2 cells, one a column of [a, b], found 1");
    assertThatThrownBy(
            () ->
                new BarChart(
                    caption("b"),
                    List.of("x"),
                    Axis.of("y"),
                    List.of(BarChart.Series.of("s", 1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("series s: expected 1 values, one a category, found 2");
    assertThatThrownBy(
            () ->
                new HeatMap(
                    caption("h"),
                    List.of("x"),
                    List.of(new HeatMap.Row("r", List.of())),
                    new Axis.Range(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row r: expected 1 values, one a column, found 0");
  }
}
