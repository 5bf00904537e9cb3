package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.wiring.MtlServices;

/** Labels that come with a delay: a row a minute, of which the last hour has none yet. */
class LabelWindowRunTest {
  private static final int ROWS = 600;

  @TempDir Path folder;

  private final ExperimentService service = MtlServices.standard();

  private Path log(String name, int first, int rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("ts,x,click,buy,kind"));
    for (int i = first; i < first + rows; i++) {
      lines.add("%d,%d,%d,%d,k%d".formatted(60 * i, i % 7, i % 2, i % 4 / 3, i % 3));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private ConfigFile experiment() throws IOException {
    return ConfigFile.parse(
        """
        name: late
        seed: 3
        data:
          source: {type: csv, path: %s}
          time: {column: ts}
          split: {by: every, test: 5, validation: 10}
        features:
          x: {type: categorical, dim: 2}
        tasks:
          click: {type: binary, label: click}
          buy: {type: binary, label: buy, where: "click == 1", label_window: 1h}
          kind: {type: multiclass, label: kind, label_window: 2h}
        model: {type: shared_bottom, bottom_layers: [4], tower_layers: []}
        training: {epochs: 1, batch_size: 128, threads: 1}
        """
            .formatted(log("log.csv", 0, ROWS)),
        "late.yaml");
  }

  @Test
  void youngRowsHaveNoSayInTheirTaskAloneAndAreCounted() throws IOException {
    ExperimentPlan plan = service.read(experiment());
    SplitDataset dataset = service.datasets().splits(plan);
    LearntData learnt = LearntData.of(plan, dataset, rows -> {});
    // Rows 540 to 599 are less than an hour before the last, and row 539 exactly one.
    assertThat(learnt.warnings())
        .containsExactly(
            buy("training", 18, 180),
            buy("validation", 6, 60),
            buy("test", 6, 60),
            kind("training", 84, 420),
            kind("validation", 12, 60),
            kind("test", 24, 120));
    try (RowCache cache = RowCache.in(folder.resolve("cache"), warning -> {})) {
      Map<Split, PackedRows> rows = learnt.encode(plan, dataset, cache, read -> {});
      EncodedData test = rows.get(Split.TEST);
      Map<String, LabelColumn> labels = test.block(0, test.rowCount()).labels();
      for (int i = 0; i < test.rowCount(); i++) {
        int row = 5 * i;
        assertThat(labels.get("click").mask()[i]).isTrue();
        assertThat(labels.get("buy").mask()[i])
            .as("row %d", row)
            .isEqualTo(row % 2 == 1 && row < 540);
        assertThat(labels.get("kind").mask()[i]).as("row %d", row).isEqualTo(row < 480);
      }
    }
  }

  private static String buy(String part, int young, int rows) {
    return "%d of the %d %s rows have no say in buy: they are younger than its label_window, 1h"
        .formatted(young, rows, part);
  }

  private static String kind(String part, int young, int rows) {
    return "%d of the %d %s rows have no say in kind: they are younger than its label_window, 2h"
        .formatted(young, rows, part);
  }

  @Test
  void evaluationOfOtherRowsEndsWithThem() throws IOException {
    TrainOptions options = TrainOptions.into(folder.resolve("run")).withoutLint();
    Run run = Experiment.of(experiment()).train(options, ExperimentListener.SILENT);
    List<String> later = List.of(log("later.csv", ROWS, 100).toString());
    Evaluation.Result result = new Evaluation(service).evaluate(run, later);
    assertThat(result.warnings()).startsWith(buy("evaluated", 30, 50), kind("evaluated", 100, 100));
    assertThat(result.report().outputs().get("click").rowCount()).isEqualTo(100);
    assertThat(result.report().outputs().get("buy").rowCount()).isEqualTo(20);
  }

  /** Everybody's last row is one of the last seven, which are all too young for buy. */
  @Test
  void lastRowsOfUsersThatAreTooYoungAreCountedAndNotMeasured() throws IOException {
    List<String> warnings = new ArrayList<>();
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onData(Map<String, Integer> rows, List<String> odd) {
            warnings.addAll(odd);
          }
        };
    Run run =
        Experiment.of(
                experiment().withOverride("data.split", "{by: leave_last_out, group: x, time: ts}"))
            .train(TrainOptions.into(folder.resolve("run")).withoutLint(), listener);
    // Of rows 593 to 599 four are clicked, of 586 to 592 three, of 540 to 585 twenty-three.
    assertThat(warnings)
        .contains(buy("training", 23, 293), buy("validation", 3, 3), buy("test", 4, 4));
    assertThat(run.metrics().get("test").get("buy").get("log_loss")).isNull();
    assertThat(run.metric("test", "click", "log_loss")).isPositive();
  }

  @Test
  void windowWithoutATimeOrWithAWrongLengthIsRefused() throws IOException {
    ConfigFile length = experiment().withOverride("tasks.buy.label_window", "an hour");
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(length)))
        .hasMessage(
            "tasks.buy.label_window (--set tasks.buy.label_window): Expected a number above 0 and its unit, s, m, h, d or"
                + " w, such as 7d, found \"an hour\".");
    String yaml =
        """
        name: late
        data:
          source: {type: csv, path: log.csv}
        features:
          x: {type: categorical}
        tasks:
          buy: {type: binary, label: buy, label_window: 7d}
        """;
    ConfigFile timeless = ConfigFile.parse(yaml, "late.yaml");
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(timeless)))
        .hasMessage(
            "tasks.buy.label_window (late.yaml:7:35): Expected data.time beside it, which says how"
                + " old rows are; found none. Name the column: data: {time: {column: NAME}}.");
  }
}
