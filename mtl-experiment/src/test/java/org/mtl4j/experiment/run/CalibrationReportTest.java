package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.Browser;

/**
 * What a run says of its calibration, against plain arrays of what two exports predict for the test
 * rows: its own, and that of the same run without calibration.
 */
class CalibrationReportTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ExperimentService SERVICE = MtlServices.standard();

  /** Too many steps for so few rows: what it learns is too sure of itself. */
  private static final String YAML =
      """
      name: sure
      seed: 3
      data:
        source: {type: simulated, users: 60, items: 40, impressions: 8000}
        split: {by: random, validation: 0.3, test: 0.4}
        down_sampling: {task: click, keep: 0.5}
      features:
        user_id: {type: categorical, dim: 8}
        item_id: {type: categorical, dim: 8}
      tasks:
        click: {type: binary, label: click}
        cart: {type: binary, label: cart, where: "click == 1"}
        even: {type: binary, label: "click == 0"}
      model: {type: esmm, stages: [click, cart], tower_layers: [32]}
      training:
        epochs: 4
        batch_size: 64
        threads: 1
        optimizer: {type: adam, learning_rate: 0.01}
      evaluation: {metrics: [auc], bootstrap: 0}
      """;

  @TempDir private static Path folder;

  private static Map<String, List<Double>> raw;
  private static Map<String, List<Double>> found;
  private static Run run;

  @BeforeAll
  static void trainTwice() {
    ConfigFile plain = ConfigFile.parse(YAML, "sure.yaml");
    ConfigFile calibrated =
        plain
            .withOverride("tasks.click.calibration", "platt")
            .withOverride("tasks.cart.calibration", "temperature")
            .withOverride("tasks.even.calibration", "isotonic");
    raw = predicted(train(plain, "plain"), plain);
    run = train(calibrated, "calibrated");
    found = predicted(run, calibrated);
  }

  private static Run train(ConfigFile file, String name) {
    return SERVICE.train(
        SERVICE.read(file),
        TrainOptions.into(folder.resolve(name)).withoutLint(),
        ExperimentListener.SILENT);
  }

  /** Per output what the export predicts for the test rows, and the labels. */
  private static Map<String, List<Double>> predicted(Run run, ConfigFile file) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    try (MtlModel model = MtlModel.load(run.export())) {
      SERVICE
          .datasets()
          .splits(SERVICE.read(file))
          .forEach(Split.TEST, 4096, rows -> add(rows, model.predict(rows), values));
    }
    return values;
  }

  private static void add(
      RawBatch rows, Predictions predictions, Map<String, List<Double>> values) {
    for (int row = 0; row < rows.rowCount(); row++) {
      for (Map.Entry<String, float[]> output : predictions.values().entrySet()) {
        add(values, output.getKey(), output.getValue()[row]);
      }
      for (String label : List.of("click", "cart")) {
        add(values, "label " + label, rows.number(rows.columns().indexOf(label), row));
      }
    }
  }

  private static void add(Map<String, List<Double>> values, String name, double value) {
    values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  /** Of the test rows that have a say in a task, predictions and labels. */
  private record Said(List<Double> predictions, List<Double> labels) {
    static Said of(
        String task, Map<String, List<Double>> predicted, Map<String, List<Double>> labels) {
      Said said = new Said(new ArrayList<>(), new ArrayList<>());
      for (int row = 0; row < labels.get("label click").size(); row++) {
        double click = labels.get("label click").get(row);
        if (!task.equals("cart") || click == 1) {
          said.predictions.add(predicted.get(task).get(row));
          double cart = labels.get("label cart").get(row); // Missing without a click.
          double other = task.equals("even") ? 1 - click : click;
          said.labels.add(task.endsWith("cart") ? (cart == 1 ? 1.0 : 0.0) : other);
        }
      }
      return said;
    }

    Map<String, Double> figures() {
      double loss = 0;
      double brier = 0;
      double[] gaps = new double[15];
      double predicted = 0;
      double observed = 0;
      for (int row = 0; row < labels.size(); row++) {
        double p = predictions.get(row);
        double y = labels.get(row);
        loss -= Math.log(y == 1 ? p : 1 - p);
        brier += (p - y) * (p - y);
        gaps[Math.max(0, (int) Math.ceil(p * 15) - 1)] += p - y;
        predicted += p;
        observed += y;
      }
      double n = labels.size();
      double ece = DoubleStream.of(gaps).map(Math::abs).sum() / n;
      return Map.of(
          "log_loss", loss / n, "brier", brier / n, "ece", ece, "pcoc", predicted / observed);
    }

    /** Mean prediction and share of positives of fifteen bins of as many rows each. */
    List<double[]> bins() {
      List<Integer> order =
          IntStream.range(0, labels.size())
              .boxed()
              .sorted(Comparator.comparingDouble(predictions::get))
              .toList();
      List<double[]> bins = new ArrayList<>();
      for (int bin = 0; bin < 15; bin++) {
        List<Integer> rows = order.subList(order.size() * bin / 15, order.size() * (bin + 1) / 15);
        bins.add(
            new double[] {
              rows.stream().mapToDouble(predictions::get).average().orElseThrow(),
              rows.stream().mapToDouble(labels::get).average().orElseThrow()
            });
      }
      return bins;
    }
  }

  @Test
  void figuresAndCurvesAreThoseOfPlainArrays() {
    Section section = section(run, "Calibration: test");
    List<String> tasks = List.of("click", "cart", "even", "through_cart");
    Table figures = (Table) section.elements().get(1);
    assertThat(figures.head())
        .containsExactly("output", "calibration", "rows", "log_loss", "brier", "ece", "pcoc");
    assertThat(figures.rows()).hasSize(2 * tasks.size());
    for (String task : tasks) {
      Said before = Said.of(task, raw, raw);
      Said after = Said.of(task, found, raw);
      assertFigures(before, task, run.metrics().get("test/uncalibrated"));
      assertFigures(after, task, run.metrics().get("test/calibrated"));
      LineChart plot = plot(section, task + ": reliability before and after calibration");
      assertThat(plot.series())
          .extracting(LineChart.Series::name)
          .containsExactly("before", "after", "agreement");
      assertCurve(before.bins(), plot.series().get(0), task);
      assertCurve(after.bins(), plot.series().get(1), task);
      List<Table.Cell> line = figures.rows().get(2 * tasks.indexOf(task));
      assertThat(line.subList(0, 3))
          .extracting(Table.Cell::text)
          .containsExactly(task, "before", "%,d".formatted(before.labels.size()));
      assertThat(Double.parseDouble(line.get(6).text()))
          .isCloseTo(before.figures().get("pcoc"), within(1e-4));
    }
    assertThat(section.elements().get(0))
        .isEqualTo(
            Paragraph.of("Before and after, by the test rows: no calibrator was fitted to them."));
    assertFits((Table) section.elements().get(3));
  }

  private static void assertFigures(
      Said rows, String task, Map<String, Map<String, Double>> found) {
    rows.figures()
        .forEach(
            (key, value) ->
                assertThat(found.get(task).get(key))
                    .as(task + " " + key)
                    .isCloseTo(value, within(1e-4)));
  }

  /** Rows at the end of a bin may be in the next one, by what two programs round. */
  private static void assertCurve(List<double[]> bins, LineChart.Series series, String task) {
    assertThat(series.points()).as(task).hasSize(15);
    for (int bin = 0; bin < 15; bin++) {
      assertThat(series.points().get(bin).x()).isCloseTo(bins.get(bin)[0], within(0.01));
      assertThat(series.points().get(bin).y()).as(task).isCloseTo(bins.get(bin)[1], within(0.05));
    }
  }

  private static void assertFits(Table fits) {
    assertThat(fits.head()).containsExactly("task", "method", "found", "by validation rows");
    ModelManifest manifest = ManifestFile.read(run.export());
    for (List<Table.Cell> line : fits.rows()) {
      JsonNode numbers =
          JSON.valueToTree(
              manifest.outputs().stream()
                  .filter(output -> output.name().equals(line.get(0).text()))
                  .findFirst()
                  .orElseThrow()
                  .calibration()
                  .orElseThrow());
      String words = line.get(2).text();
      double slope = numbers.path("slopes").path(0).asDouble();
      switch (line.get(1).text()) {
        case "platt" ->
            assertThat(words)
                .isEqualTo(
                    "slope %.4f, intercept %.4f"
                        .formatted(slope, numbers.path("intercepts").path(0).asDouble()));
        case "temperature" ->
            assertThat(words).isEqualTo("temperature %.4f, slope %.4f".formatted(1 / slope, slope));
        default ->
            assertThat(words).startsWith(numbers.path("scores").size() + " steps: log odds of ");
      }
    }
    assertThat(fits.rows()).hasSize(3);
  }

  private static Section section(Run of, String title) {
    return of.report().sections().stream()
        .filter(s -> s.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static LineChart plot(Section section, String title) {
    return section.elements().stream()
        .filter(LineChart.class::isInstance)
        .map(LineChart.class::cast)
        .filter(plot -> plot.caption().title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pageDrawsTheCurvesBeforeAndAfter() throws Exception {
    Browser.Page page =
        Browser.open(
            Files.readString(run.files().report()),
            Files.createDirectory(folder.resolve("browser")));
    assertThat(page.console()).isEmpty();
    assertThat(page.drawn()).isEqualTo(page.plots());
    assertThat(page.dom()).contains("Calibration: test");
    for (String output : List.of("click", "cart", "even", "through_cart")) {
      assertThat(page.dom()).contains(output + ": reliability before and after calibration");
    }
  }
}
