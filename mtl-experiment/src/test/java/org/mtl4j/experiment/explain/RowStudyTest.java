package org.mtl4j.experiment.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.file.Folders;
import org.mtl4j.experiment.explain.RowExplanation.Explained;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.Attribution;
import org.mtl4j.serving.model.MtlModel;

/** Rows of trained runs, of every model, every kind of feature and every kind of calibration. */
@Tag("slow")
class RowStudyTest {
  private static final int ROWS = 1500;
  private static final ExperimentService SERVICE = MtlServices.standard();

  private static final String YAML =
      """
      name: shop
      seed: 3
      data:
        source: {type: csv, path: %s}
        down_sampling: {task: click, keep: 0.5}
        split: {by: random, validation: 0.2, test: 0.2}
      features:
        user: {type: categorical, dim: 4, group: user}
        item: {type: categorical, dim: 4, group: item}
        price: {type: numeric, indicator: true, group: item}
        cost: {type: numeric, column: price, transform: piecewise_linear}
        at: {type: datetime, group: context}
        tags: {type: multi_categorical, separator: "|", dim: 3, group: item}
        both: {type: cross, features: [user, item], dim: 2}
        luck: {type: numeric}
      %s
      tasks:
        click: {type: binary, label: click, calibration: isotonic}
        cart: {type: binary, label: cart, where: "click == 1", calibration: platt}
      %s
      training:
        epochs: 3
        batch_size: 64
        threads: 1
        optimizer: {type: adam, learning_rate: 0.01}
        embedding_optimizer: {type: adagrad, learning_rate: 0.2}
      evaluation: {bootstrap: 0}
      """;

  /** Encoders whose gradients are graphs of their own: one model has them. */
  private static final String HISTORIES =
      """
        a: {type: sequence, column: history, dim: 4, encoder: mean}
        b: {type: sequence, column: history, dim: 4, encoder: gru, max_length: 3}
        c: {type: sequence, column: history, table: item, dim: 4, encoder: attention, query: item}
        d: {type: sequence, column: history, dim: 4, encoder: self_attention, heads: 2}
      """;

  /** What funnels have no room for. */
  private static final String MORE =
      """
        stars: {type: regression, label: stars}
        mood: {type: multiclass, label: mood, calibration: temperature}
        tastes: {type: multilabel, label: tags, separator: "|"}
      model: {type: %s}
      """;

  @TempDir private static Path folder;

  private static final Map<String, Run> RUNS = new HashMap<>();

  /** A click follows from item and price, a cart from the price, nothing from {@code luck}. */
  @BeforeAll
  static void writeLog() throws IOException {
    Random random = new Random(5); // Fixed: how well a small model learns differs by its rows.
    List<String> lines =
        new ArrayList<>(List.of("user,item,price,at,tags,history,luck,click,cart,stars,mood"));
    for (int row = 0; row < ROWS; row++) {
      int item = random.nextInt(12);
      double price = random.nextGaussian();
      int click = sigmoid(2 * price + (item % 3) - 1) > random.nextDouble() ? 1 : 0;
      int cart = click == 1 && sigmoid(-1.5 * price) > random.nextDouble() ? 1 : 0;
      lines.add(
          "u%d,i%d,%s,%d,%s,%s,%.4f,%d,%d,%.3f,%s"
              .formatted(
                  random.nextInt(20),
                  item,
                  random.nextInt(10) == 0 ? "" : "%.4f".formatted(price),
                  1_700_000_000 + random.nextInt(1_000_000),
                  words(random, 3, "|", "t"),
                  words(random, 7, " ", "i"),
                  random.nextGaussian(),
                  click,
                  cart,
                  3 + price + 0.3 * random.nextGaussian(),
                  item % 3 == 0 ? "glad" : item % 3 == 1 ? "sad" : "so"));
    }
    Files.write(folder.resolve("log.csv"), lines);
  }

  private static String words(Random random, int most, String separator, String prefix) {
    return random
        .ints(random.nextInt(most), 0, 6)
        .mapToObj(n -> prefix + n)
        .collect(Collectors.joining(separator));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @AfterAll
  static void forgetRuns() {
    RUNS.clear();
  }

  /** A model is trained once: no test changes its run. */
  private static Run run(String model) {
    return RUNS.computeIfAbsent(model, RowStudyTest::train);
  }

  private static Run train(String model) {
    String rest =
        model.equals("esmm")
            ? "model: {type: esmm, stages: [click, cart]}\n"
            : MORE.formatted(model);
    ConfigFile file =
        ConfigFile.parse(
            YAML.formatted(
                folder.resolve("log.csv"),
                model.equals("shared_bottom") ? HISTORIES.stripTrailing() : "",
                rest.stripTrailing()),
            "shop.yaml");
    return SERVICE.train(
        SERVICE.read(file),
        TrainOptions.into(folder.resolve(model)).withoutLint(),
        ExperimentListener.SILENT);
  }

  private static Map<String, Double> values(Attribution attribution) {
    Map<String, Double> values = new LinkedHashMap<>();
    attribution.features().forEach(feature -> values.put(feature.name(), feature.value()));
    return values;
  }

  @Test
  void featuresAddUpToTheScore() throws IOException {
    assertAddUp("esmm");
  }

  @Test
  void featuresOfTheOtherModelsAndOfHistoriesAddUpToTheScore() throws IOException {
    for (String model : List.of("single_task", "shared_bottom", "mmoe", "cross_stitch")) {
      assertAddUp(model);
    }
  }

  private void assertAddUp(String model) throws IOException {
    Run run = run(model);
    Folders.delete(run.files().checkpoints()); // The export is enough.
    double largest = 0;
    for (int row = 0; row < 2; row++) {
      RowExplanation found = new RowStudy(SERVICE).of(run, RowRequest.of(row));
      assertThat(found.outputs()).hasSize(model.equals("esmm") ? 3 : 5);
      assertThat(found.warnings()).isEmpty();
      for (Explained output : found.outputs()) {
        Attribution of = output.attribution();
        String what = "%s, row %d, %s".formatted(model, row, of);
        assertThat(values(of))
            .containsKeys("user", "item", "price", "cost", "at", "tags", "both", "luck")
            .hasSize(model.equals("shared_bottom") ? 12 : 8);
        assertThat(of.isComplete()).as(what).isTrue();
        assertThat(of.features().stream().mapToDouble(Attribution.Feature::value).sum())
            .as(what)
            .isCloseTo(of.row().score() - of.baseline().score(), within(of.tolerance()));
        largest = Math.max(largest, Math.abs(of.row().score() - of.baseline().score()));
      }
    }
    assertThat(largest).as("differences worth a look").isGreaterThan(0.5);
  }

  @Test
  void whatTheLabelFollowsFromAddsMoreThanWhatItDoesNot() {
    Run run = run("single_task");
    double price = 0;
    double luck = 0;
    for (int row = 0; row < 6; row++) {
      RowRequest click =
          new RowRequest(row, List.of(), List.of("click"), Optional.empty(), RowRequest.STEPS);
      Map<String, Double> found =
          values(new RowStudy(SERVICE).of(run, click).outputs().get(0).attribution());
      price += Math.abs(found.get("price") + found.get("cost"));
      luck += Math.abs(found.get("luck"));
    }
    assertThat(price).isGreaterThan(2 * luck);
  }

  /** Through calibrators, the correction of down-sampling, and a funnel's product. */
  @Test
  void scoresAreTheLogOddsOfWhatIsPredicted() {
    Run run = run("esmm");
    RowExplanation found = new RowStudy(SERVICE).of(run, RowRequest.of(7));
    List<Map<String, String>> raw = List.of(raw(found));
    try (MtlModel export = run.model()) {
      Map<String, float[]> predicted = export.predict(raw).get(0);
      assertThat(found.outputs())
          .extracting(Explained::name)
          .containsExactly("click", "cart", "through_cart");
      for (Explained output : found.outputs()) {
        Attribution.Point row = output.attribution().row();
        assertThat(row.prediction()).isCloseTo(predicted.get(output.name())[0], within(1e-6));
        assertThat(sigmoid(row.score())).isCloseTo(row.prediction(), within(1e-5));
        Attribution.Point baseline = output.attribution().baseline();
        assertThat(sigmoid(baseline.score())).isCloseTo(baseline.prediction(), within(1e-5));
      }
    }
  }

  /** The row's columns out of the values of its features. */
  private static Map<String, String> raw(RowExplanation found) {
    Map<String, String> raw = new LinkedHashMap<>();
    for (String column : List.of("user", "item", "price", "at", "tags", "luck")) {
      raw.put(column, found.values().get(column).replaceFirst("^-$", ""));
    }
    return raw;
  }

  @Test
  void aRowOfAFileAndAnOutputAndAClassMayBeNamed() {
    Run run = run("single_task");
    String file = folder.resolve("log.csv").toString();
    RowRequest request =
        new RowRequest(
            1499, List.of(file), List.of("mood", "click"), Optional.of("sad"), RowRequest.STEPS);
    RowExplanation found = new RowStudy(SERVICE).of(run, request);
    assertThat(found.outputs()).extracting(Explained::name).containsExactly("click", "mood = sad");
    assertThat(found.place()).isEqualTo(file + ", line 1501");
    assertThat(found.values().keySet()).contains("both", "luck");
    assertThat(new RowStudy(SERVICE).of(run, request)).isEqualTo(found);
    RowExplanation likeliest =
        new RowStudy(SERVICE)
            .of(run, new RowRequest(3, List.of(file), List.of("mood"), Optional.empty(), 64));
    assertThat(likeliest.outputs().get(0).attribution().row().prediction()).isGreaterThan(1.0 / 3);
    assertRefused(
        run,
        new RowRequest(1500, List.of(file), List.of(), Optional.empty(), 64),
        "--row: Expected the number of a row from 0 to 1499, found 1500. Rows are counted from 0"
            + " among the test rows, or those of --data that the rules keep.");
    assertRefused(
        run,
        new RowRequest(-1, List.of(file), List.of(), Optional.empty(), 64),
        "--row: Expected the number of a row from 0 to 1499, found -1. Rows are counted from 0"
            + " among the test rows, or those of --data that the rules keep.");
    assertRefused(
        run,
        new RowRequest(0, List.of(), List.of("clik"), Optional.empty(), 64),
        "--task: There is no output \"clik\". Did you mean \"click\"?");
    assertRefused(
        run,
        new RowRequest(0, List.of(), List.of("mood"), Optional.of("sat"), 64),
        "--class: There is no class \"sat\". Did you mean \"sad\"?");
    assertRefused(
        run,
        new RowRequest(0, List.of(), List.of("click"), Optional.of("sad"), 64),
        "--class: Expected an output with classes, found [click]. Leave it out, or name another"
            + " --task.");
    assertRefused(
        run,
        new RowRequest(0, List.of(), List.of(), Optional.empty(), 0),
        "--steps: Expected 1 to 16384 steps, found 0. Leave it out: more are taken where they are"
            + " needed.");
  }

  private static void assertRefused(Run run, RowRequest request, String message) {
    assertThatThrownBy(() -> new RowStudy(SERVICE).of(run, request)).hasMessage(message);
  }

  @Test
  void fewStepsBecomeAsManyAsAreNeeded() {
    Run run = run("single_task");
    RowRequest one = new RowRequest(0, List.of(), List.of(), Optional.empty(), 1);
    List<Explained> found = new RowStudy(SERVICE).of(run, one).outputs();
    assertThat(found).allMatch(output -> output.attribution().isComplete());
    assertThat(found).anyMatch(output -> output.attribution().steps() > 1);
  }
}
