package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.data.dataset.RowRules;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.TestSeed;

/** Figures of cold and warm rows, against those of the export on rows picked by sets. */
class ColdRowsTest {
  private static final String[] PARTS = {"train", "train", "train", "validation", "test"};

  /** Many users come once; of items the last few come in the test alone. */
  private record Row(String user, String item, int click, String part) {
    String line() {
      return "%s,%s,%d,%s".formatted(user == null ? "" : user, item, click, part);
    }
  }

  @TempDir Path folder;

  private final ExperimentService service = MtlServices.standard();

  private static List<Row> rows() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String part = PARTS[random.nextInt(PARTS.length)];
      int users = part.equals("train") ? 300 : 400;
      String user = random.nextInt(50) == 0 ? null : Integer.toString(random.nextInt(users));
      String item = "i" + random.nextInt(part.equals("test") ? 30 : 25);
      rows.add(new Row(user, item, random.nextInt(2), part));
    }
    return rows;
  }

  private ConfigFile experiment(List<Row> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("user_id,item_id,click,part"));
    rows.forEach(row -> lines.add(row.line()));
    return ConfigFile.parse(
        """
        name: cold
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
        features:
          user_id: {type: categorical, dim: 2}
          item_id: {type: categorical, dim: 2}
        tasks:
          click: {type: binary, label: click}
        model: {type: shared_bottom, bottom_layers: [4], tower_layers: []}
        training: {epochs: 1, batch_size: 256, threads: 1}
        evaluation: {cold: [user_id, item_id], group_by: item_id}
        """
            .formatted(Files.write(folder.resolve("log.csv"), lines)),
        "cold.yaml");
  }

  @Test
  void coldAndWarmRowsAreMeasuredBesideTheWhole() throws IOException {
    List<Row> rows = rows();
    TrainOptions options = TrainOptions.into(folder.resolve("run")).withoutLint();
    List<String> warnings = new ArrayList<>();
    Run run = Experiment.of(experiment(rows)).train(options, listener(warnings));
    Set<String> users = new HashSet<>();
    Set<String> items = new HashSet<>();
    rows.stream()
        .filter(row -> row.part().equals("train"))
        .forEach(
            row -> {
              users.add(row.user());
              items.add(row.item());
            });
    assertThat(users).as("a training row without a user").contains((String) null);
    Map<String, Predicate<Row>> parts = new HashMap<>();
    parts.put("", row -> true);
    parts.put("/cold/user_id", row -> !users.contains(row.user()));
    parts.put("/warm/user_id", row -> users.contains(row.user()));
    parts.put("/cold/item_id", row -> !items.contains(row.item()));
    parts.put("/warm/item_id", row -> items.contains(row.item()));
    assertThat(run.metrics().keySet())
        .containsExactly(
            "validation",
            "validation/cold/user_id",
            "validation/warm/user_id",
            "validation/cold/item_id",
            "validation/warm/item_id",
            "test",
            "test/cold/user_id",
            "test/warm/user_id",
            "test/cold/item_id",
            "test/warm/item_id");
    try (MtlModel model = MtlModel.load(run.export())) {
      parts.forEach(
          (part, has) -> {
            List<Row> own = rows.stream().filter(r -> r.part().equals("test")).filter(has).toList();
            assertThat(own).as(part).hasSizeBetween(10, 600);
            assertThat(run.metric("test" + part, "click", "log_loss"))
                .as("test%s, seed %d", part, TestSeed.value())
                .isCloseTo(logLoss(model, own), within(1e-6));
          });
    }
    assertThat(run.metric("test/warm/item_id", "click", "ndcg@10")).isBetween(0.0, 1.0);
    assertThat(run.metrics().get("validation/cold/item_id").get("click").get("log_loss")).isNull();
    assertThat(Files.readString(run.files().report())).contains("Metrics: test/cold/user_id");
    // No item comes in the validation alone: of no rows nothing is defined.
    assertThat(warnings)
        .filteredOn(warning -> warning.contains("/cold/") || warning.contains("/warm/"))
        .singleElement()
        .asString()
        .matches(
            "evaluation\\.cold: figures of .*validation/cold/item_id \\([1-9]\\).* are not defined,"
                + " or leave something out; report\\.html says why");
  }

  private static ExperimentListener listener(List<String> warnings) {
    return new ExperimentListener() {
      @Override
      public void onWarning(String warning) {
        warnings.add(warning);
      }
    };
  }

  @Test
  void setsOfClassesStayWhatTheyAre() {
    boolean[] all = {true, true};
    LabelColumn moods = new LabelColumn(new float[] {1, 0, 0, 1}, all, new float[] {2, 3}, 2);
    LabelColumn marks = new LabelColumn(new float[] {1, 0}, all, new float[2]);
    LabelColumn cold =
        ColdRows.only(true, "user_id", Map.of("moods", moods, "cold user_id", marks)).get("moods");
    assertThat(cold.classes()).isEqualTo(2);
    assertThat(cold.mask()).containsExactly(true, false);
    assertThat(cold.labels()).containsExactly(1, 0, 0, 1);
    assertThat(cold.weights()).containsExactly(2, 3);
  }

  private static double logLoss(MtlModel model, List<Row> rows) {
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> input = new HashMap<>(Map.of("item_id", row.item()));
      input.put("user_id", row.user());
      inputs.add(input);
    }
    List<Map<String, float[]>> predictions = model.predict(inputs);
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      double p = predictions.get(i).get("click")[0];
      sum -= Math.log(rows.get(i).click() == 1 ? p : 1 - p);
    }
    return sum / rows.size();
  }

  /** Items are drawn from training: taken for warm, they would leave a cold one without rivals. */
  @Test
  void drawnRowIsAsColdAsTheRowThatItWasDrawnFor() throws IOException {
    ExperimentPlan plan =
        service.read(
            experiment(rows())
                .withOverride("data.negatives", "{user: user_id, item: item_id, per_positive: 2}"));
    SplitDataset data = service.datasets().splits(plan);
    ColdRows cold = ColdRows.of(List.of("item_id"), data.columns());
    data.forEach(Split.TRAIN, 100, cold::observe);
    Set<String> items = new HashSet<>();
    int item = data.columns().indexOf("item_id");
    data.forEach(
        Split.TRAIN,
        100,
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            items.add(rows.text(item, row));
          }
        });
    int[] coldDrawn = new int[1];
    data.forEach(
        Split.TEST,
        7,
        rows -> {
          float[] marks = cold.mark(rows, Map.of()).values().iterator().next().labels();
          float origin = -1;
          for (int row = 0; row < rows.rowCount(); row++) {
            boolean drawn = rows.drawn().orElseThrow().rows()[row];
            origin = drawn ? origin : items.contains(rows.text(item, row)) ? 0 : 1;
            assertThat(marks[row]).isEqualTo(origin);
            coldDrawn[0] += drawn && origin == 1 ? 1 : 0;
          }
        });
    assertThat(coldDrawn[0]).as("seed %d", TestSeed.value()).isGreaterThan(20);
  }

  @Test
  void columnThatIsNotThereOrStandsTwiceIsRefused() throws IOException {
    List<Row> rows = rows();
    ConfigFile missing = experiment(rows).withOverride("evaluation.cold", "[usr_id]");
    TrainOptions options = TrainOptions.into(folder.resolve("run")).withoutLint();
    assertThat(
            catchThrowableOfType(
                MtlException.class,
                () -> Experiment.of(missing).train(options, ExperimentListener.SILENT)))
        .hasMessage(
            "evaluation.cold (--set evaluation.cold): The source has no column \"usr_id\". Did you"
                + " mean \"user_id\"?");
    ConfigFile twice = experiment(rows).withOverride("evaluation.cold", "[user_id, user_id]");
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(twice)))
        .hasMessage(
            "evaluation.cold (--set evaluation.cold): Expected different columns, found [user_id,"
                + " user_id].");
  }

  private static void observe(SplitDataset data, HeapShare heap) {
    ColdRows cold = ColdRows.of(List.of("user"), data.columns(), heap);
    data.forEach(Split.TRAIN, 100, cold::observe);
  }

  @Test
  void valuesThatTheShareOfTheHeapCannotHoldAreRefused() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      rows.add(Map.of("user", "u" + (10 + i % 30)));
    }
    SplitDataset data =
        SplitDataset.of(
            BatchSource.of(rows), RowRules.NONE, new SplitRule.Random(0, 0), new Seed(1));
    long bytes = 30 * (104 + 2 * 3);
    observe(data, new HeapShare(0.25, 4 * bytes));
    MtlException error =
        catchThrowableOfType(
            MtlException.class, () -> observe(data, new HeapShare(0.25, 4 * bytes - 4)));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessageStartingWith(
            "evaluation.cold: Expected what fits into 25 % of the heap, 0.0 MB; found that"
                + " remembering 30 different values of \"user\" takes more. Leave user out of it.");
  }
}
