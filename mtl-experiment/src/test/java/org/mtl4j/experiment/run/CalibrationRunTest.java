package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/** Runs whose exports are calibrated, beside the same runs whose exports are not. */
@Tag("slow")
class CalibrationRunTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  private final ExperimentService service = MtlServices.standard();

  /** Too many steps for so few rows: what it learns is too sure of itself. */
  private static ConfigFile experiment() {
    return ConfigFile.parse(
        """
        name: sure
        seed: 3
        data:
          source: {type: simulated, users: 60, items: 40, impressions: 12000}
          split: {by: random, validation: 0.3, test: 0.3}
        features:
          user_id: {type: categorical, dim: 8}
          item_id: {type: categorical, dim: 8}
        tasks:
          click: {type: binary, label: click}
          cart: {type: binary, label: cart, where: "click == 1"}
          even: {type: binary, label: "click == 0"}
        model: {type: esmm, stages: [click, cart], tower_layers: [32]}
        training:
          epochs: 6
          batch_size: 64
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        """,
        "sure.yaml");
  }

  /** Of every run what it says while it goes on. */
  private static final class Heard implements ExperimentListener {
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public void onNote(String note) {
      notes.add(note);
    }

    @Override
    public void onWarning(String warning) {
      warnings.add(warning);
    }
  }

  private Run train(ConfigFile file, String name, ExperimentListener listener) {
    TrainOptions options = TrainOptions.into(folder.resolve(name)).withoutLint();
    return Experiment.of(file).train(options, listener);
  }

  private Map<String, List<Double>> predicted(ConfigFile file, Run run, String... columns) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    try (MtlModel model = MtlModel.load(run.export())) {
      service
          .datasets()
          .splits(service.read(file))
          .forEach(Split.TEST, 4096, rows -> add(rows, model.predict(rows), values, columns));
    }
    return values;
  }

  private static void add(
      RawBatch rows, Predictions found, Map<String, List<Double>> values, String... columns) {
    for (int row = 0; row < rows.rowCount(); row++) {
      for (Map.Entry<String, float[]> output : found.values().entrySet()) {
        add(values, output.getKey(), output.getValue()[row]);
      }
      for (String column : columns) {
        add(values, column, rows.number(rows.columns().indexOf(column), row));
      }
    }
  }

  private static void add(Map<String, List<Double>> values, String name, double value) {
    values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  private static JsonNode calibration(Run run, String task) throws IOException {
    return JSON.readTree(Files.readString(run.files().calibration())).get(task);
  }

  private static double logit(double p) {
    return Math.log(p) - Math.log1p(-p);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The polyline by its definition: between two points, or with 1/16 beyond them. */
  private static double curve(JsonNode calibration, double x) {
    JsonNode scores = calibration.get("scores");
    JsonNode logits = calibration.get("logits");
    int last = scores.size() - 1;
    if (x <= scores.get(0).asDouble()) {
      return logits.get(0).asDouble() + (x - scores.get(0).asDouble()) / 16;
    }
    if (x >= scores.get(last).asDouble()) {
      return logits.get(last).asDouble() + (x - scores.get(last).asDouble()) / 16;
    }
    int k = 0;
    while (scores.get(k + 1).asDouble() < x) {
      k++;
    }
    double share =
        (x - scores.get(k).asDouble()) / (scores.get(k + 1).asDouble() - scores.get(k).asDouble());
    return (1 - share) * logits.get(k).asDouble() + share * logits.get(k + 1).asDouble();
  }

  private static double line(JsonNode calibration, double x) {
    return calibration.get("slopes").get(0).asDouble() * x
        + calibration.get("intercepts").get(0).asDouble();
  }

  @Test
  void exportPredictsWhatTheCalibratorsMakeOfTheModel() throws IOException {
    ConfigFile plain = experiment();
    ConfigFile file =
        plain
            .withOverride("tasks.click.calibration", "platt")
            .withOverride("tasks.cart.calibration", "temperature")
            .withOverride("tasks.even.calibration", "isotonic");
    Run before = train(plain, "plain", ExperimentListener.SILENT);
    Heard heard = new Heard();
    Run after = train(file, "calibrated", heard);

    assertThat(before.files().calibration()).doesNotExist();
    assertThat(heard.warnings).noneMatch(warning -> warning.contains("calibrat"));
    assertThat(heard.notes)
        .filteredOn(note -> note.contains("calibrated"))
        .hasSize(3)
        .first()
        .asString()
        .matches(
            "click is calibrated by platt on 3\\d{3} validation rows: log loss 0\\.\\d{6}, before"
                + " 0\\.\\d{6}");
    assertPredictions(predicted(plain, before), predicted(file, after), after);
    assertFigures(before, after);
    assertManifest(after);
  }

  private static void assertPredictions(
      Map<String, List<Double>> raw, Map<String, List<Double>> found, Run run) throws IOException {
    JsonNode click = calibration(run, "click").get("calibration");
    JsonNode cart = calibration(run, "cart").get("calibration");
    JsonNode even = calibration(run, "even").get("calibration");
    int compared = 0;
    for (int row = 0; row < raw.get("click").size(); row++) {
      double expected = sigmoid(line(click, logit(raw.get("click").get(row))));
      assertThat(found.get("click").get(row)).isCloseTo(expected, within(1e-6 + 1e-5 * expected));
      double atCart = raw.get("cart").get(row);
      double atEven = raw.get("even").get(row);
      assertThat(found.get("through_cart").get(row))
          .isCloseTo(
              found.get("click").get(row) * found.get("cart").get(row),
              within(1e-6 + 1e-5 * found.get("through_cart").get(row)));
      if (Math.max(atCart, atEven) > 0.9) {
        continue; // Log odds of a float32 near 1 are not the model's.
      }
      compared++;
      double cartExpected = sigmoid(line(cart, logit(atCart)));
      assertThat(found.get("cart").get(row))
          .isCloseTo(cartExpected, within(1e-6 + 1e-5 * cartExpected));
      double evenExpected = sigmoid(curve(even, logit(atEven)));
      assertThat(found.get("even").get(row))
          .isCloseTo(evenExpected, within(1e-5 + 1e-4 * evenExpected));
    }
    assertThat(compared).isGreaterThan(100);
  }

  private static void assertFigures(Run before, Run after) throws IOException {
    for (String task : List.of("click", "cart", "even")) {
      JsonNode found = calibration(after, task);
      double was = before.metric("validation", task, "log_loss");
      double is = after.metric("validation", task, "log_loss");
      assertThat(found.get("log_loss_before").asDouble()).as(task).isCloseTo(was, within(1e-5));
      assertThat(found.get("log_loss_after").asDouble()).as(task).isCloseTo(is, within(1e-5));
      assertThat(is).as(task).isLessThan(was - 1e-4);
      assertThat(after.metric("test", task, "auc"))
          .as(task)
          .isCloseTo(before.metric("test", task, "auc"), within(1e-5));
    }
    // Of cart there are few rows, and a curve of few rows is theirs alone.
    assertThat(after.metric("test", "click", "log_loss"))
        .isLessThan(before.metric("test", "click", "log_loss"));
  }

  private static void assertManifest(Run run) throws IOException {
    ModelManifest manifest = ManifestFile.read(run.export());
    for (ModelManifest.Output output : manifest.outputs()) {
      if (output.name().startsWith("through_")) {
        assertThat(output.calibration()).isEmpty();
      } else {
        assertThat(JSON.<JsonNode>valueToTree(output.calibration().orElseThrow()))
            .isEqualTo(calibration(run, output.name()).get("calibration"));
      }
    }
    assertThat(manifest.certificate().rows()).isPositive();
  }

  /** Trained on one negative in ten, and the labels of all rows are what it is calibrated to. */
  @Test
  void rateStaysTheTrueOneWhereNegativesWereLeftOut() throws IOException {
    for (String method : List.of("platt", "temperature", "isotonic")) {
      ConfigFile file =
          experiment()
              .withOverride("data.source.impressions", "30000")
              .withOverride("training.epochs", "3")
              .withOverride("data.down_sampling", "{task: click, keep: 0.1}")
              .withOverride("tasks.click.calibration", method)
              .withOverride("tasks.cart.calibration", "platt");
      Run run = train(file, method, ExperimentListener.SILENT);
      Map<String, List<Double>> found = predicted(file, run, "true_click", "true_through_cart");
      double click = mean(found.get("true_click"));
      double through = mean(found.get("true_through_cart"));
      double tolerance = method.equals("temperature") ? 0.15 : 0.06; // It has no intercept.
      assertThat(mean(found.get("click"))).as(method).isCloseTo(click, within(tolerance * click));
      assertThat(mean(found.get("through_cart")))
          .as(method)
          .isCloseTo(through, within(0.2 * through));
      assertThat(calibration(run, "click").get("log_loss_after").asDouble())
          .isLessThan(calibration(run, "click").get("log_loss_before").asDouble());
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void equalRunsAreEqualAndAResumedOneToo() throws IOException {
    ConfigFile file =
        experiment()
            .withOverride("training.epochs", "2")
            .withOverride("tasks.click.calibration", "isotonic");
    Run first = train(file, "first", ExperimentListener.SILENT);
    Run second = train(file, "second", ExperimentListener.SILENT);
    Files.delete(second.files().report());
    Files.delete(second.files().calibration());
    Run resumed =
        Experiment.of(file)
            .train(
                new TrainOptions(folder.resolve("second"), true, false), ExperimentListener.SILENT);
    for (String name :
        List.of("calibration.json", "metrics.json", "report.json", "export/1/saved_model.pb")) {
      assertThat(resumed.files().folder().resolve(name))
          .as(name)
          .hasSameBinaryContentAs(first.files().folder().resolve(name));
    }
    assertThat(resumed.files().latestExport()).hasValue(1);
  }

  private ConfigFile ofFile(String otherPart) throws IOException {
    List<String> lines = new ArrayList<>(List.of("item,liked,part"));
    for (int row = 0; row < 60; row++) {
      String part = row % 3 == 0 ? otherPart : "train";
      lines.add("i%d,%d,%s".formatted(row % 4, part.equals("train") ? row % 2 : 0, part));
    }
    Path data = Files.write(folder.resolve("rows.csv"), lines);
    return ConfigFile.parse(
        """
        name: small
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
        features:
          item: {type: categorical, dim: 2}
        tasks:
          liked: {type: binary, label: liked, calibration: platt}
        model: {type: shared_bottom, bottom_layers: [4], tower_layers: [4]}
        training: {epochs: 1, batch_size: 8, threads: 1}
        """
            .formatted(data),
        "small.yaml");
  }

  @Test
  void taskThatCannotBeCalibratedStaysAsItIsAndAWarningSaysWhy() throws IOException {
    Heard heard = new Heard();
    Run run = train(ofFile("validation"), "small", heard);
    assertThat(heard.warnings).contains("liked is not calibrated: all rows have the same label");
    assertThat(calibration(run, "liked").get("calibration").isNull()).isTrue();
    assertThat(calibration(run, "liked").get("rows").asInt()).isEqualTo(20);
    assertThat(ManifestFile.read(run.export()).outputs().get(0).calibration()).isEmpty();
    assertThat(run.report().sections())
        .filteredOn(section -> section.title().equals("Calibration: validation"))
        .flatMap(Section::elements)
        .contains(
            Paragraph.warning(
                "Before and after, by the validation rows, which the calibrators were fitted to:"
                    + " what comes after is a little too good. A test split would tell."),
            Paragraph.warning("liked is not calibrated: all rows have the same label"));
    assertThat(run.metrics().get("validation/calibrated"))
        .isEqualTo(run.metrics().get("validation/uncalibrated"))
        .containsOnlyKeys("liked");
    assertThat(run.intervals().get("validation/calibrated").get("liked"))
        .containsEntry("log_loss", null);
  }

  @Test
  void splitThatTurnsOutToLeaveNoValidationRowsIsRefused() throws IOException {
    ConfigFile file = ofFile("test");
    MtlException refused =
        catchThrowableOfType(
            MtlException.class, () -> train(file, "none", ExperimentListener.SILENT));
    assertThat(refused)
        .hasMessage(
            "tasks.liked.calibration (small.yaml:8:39): Calibration is fitted to"
                + " validation rows, and the split leaves none. Give data.split a validation share,"
                + " or leave calibration out.");
  }

  @Test
  void whatCannotBeCalibratedIsRefused() {
    assertRefused(
        experiment()
            .withOverride("data.split", "{by: random, test: 0.3}")
            .withOverride("tasks.click.calibration", "platt"),
        "tasks.click.calibration (--set tasks.click.calibration): Calibration is fitted to"
            + " validation rows, and the split leaves none. Give data.split a validation share, or"
            + " leave calibration out.");
    assertRefused(
        experiment().withOverride("tasks.cart", "{type: binary, label: cart, calibration: platt}"),
        "tasks.cart.calibration (--set tasks.cart): Expected the rows that got to this stage of the"
            + " funnel, as its probability is one given the stage before, found a task of all rows."
            + " Add them to the task: where: \"LABEL == 1\", of the label of click.");
    assertRefused(
        experiment()
            .withOverride("tasks.kind", "{type: multiclass, label: item_id, calibration: platt}"),
        "tasks.kind.calibration (--set tasks.kind): Expected temperature for a task of several"
            + " classes, found platt.");
  }

  private void assertRefused(ConfigFile file, String message) {
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(file)))
        .hasMessage(message);
  }
}
