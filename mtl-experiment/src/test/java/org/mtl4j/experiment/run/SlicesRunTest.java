package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;

/**
 * Slices of a run's test rows. In one region labels are drawn by a coin, so that no model can rank
 * them; in a tiny one they are upside down. The region is no feature.
 */
class SlicesRunTest {
  /** The same rows each time: what a small model has learnt of others nobody promises. */
  private static final long SEED = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String[] REGIONS = {"north", "east", "south", "west"};

  @TempDir Path temporary;
  private Path folder;
  private List<Map<String, String>> rows;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("run");
    SplittableRandom random = new SplittableRandom(SEED);
    rows = new ArrayList<>();
    List<String> lines = new ArrayList<>(List.of("x,region,click,part"));
    for (int i = 0; i < 4_000; i++) {
      double x = random.nextDouble();
      String region = i % 100 == 0 ? "isle" : REGIONS[random.nextInt(REGIONS.length)];
      boolean coin = region.equals("south");
      boolean click = random.nextDouble() < (coin ? 0.5 : region.equals("isle") ? 1 - x : x);
      String part = i % 4 == 0 ? "test" : i % 10 == 1 ? "validation" : "train";
      rows.add(Map.of("x", "" + x, "region", region, "click", click ? "1" : "0", "part", part));
      lines.add("%s,%s,%d,%s".formatted(x, region, click ? 1 : 0, part));
    }
    Files.write(temporary.resolve("log.csv"), lines);
  }

  private ConfigFile experiment(String slices) {
    return ConfigFile.parse(
        """
        name: slices
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
          cache: {enabled: false}
        features:
          x: {type: numeric}
        tasks:
          click: {type: binary, label: click}
        model: {type: shared_bottom, bottom_layers: [4], tower_layers: []}
        training: {epochs: 2, batch_size: 64, threads: 1}
        evaluation: {slices: %s}
        """
            .formatted(temporary.resolve("log.csv"), slices),
        "slices.yaml");
  }

  private Run train(String slices, boolean resume) {
    return Experiment.of(experiment(slices))
        .train(new TrainOptions(folder, resume).withoutLint(), ExperimentListener.SILENT);
  }

  private JsonNode slices(Run run, int slicing) throws IOException {
    JsonNode file = JSON.readTree(run.files().slices().toFile());
    assertThat(file.get("split").asText()).isEqualTo("test");
    return file.get("slices").get(slicing);
  }

  @Test
  void theWeakSliceIsFirstWithTheFiguresOfItsRowsAndTheTinyOneLast() throws IOException {
    Run run = train("[{by: value, column: region}]", false);
    JsonNode click = slices(run, 0).at("/outputs/click");
    List<String> names =
        StreamSupport.stream(click.get("slices").spliterator(), false)
            .map(slice -> slice.get("slice").asText())
            .toList();
    assertThat(names).hasSize(5).startsWith("south").endsWith("isle");
    int sum = 0;
    try (MtlModel model = run.model()) {
      for (JsonNode slice : click.get("slices")) {
        String name = slice.get("slice").asText();
        List<Map<String, String>> own =
            rows.stream()
                .filter(r -> r.get("part").equals("test") && r.get("region").equals(name))
                .toList();
        assertThat(slice.get("rows").asInt()).isEqualTo(own.size());
        sum += own.size();
        assertThat(slice.get("small").asBoolean()).isEqualTo(name.equals("isle"));
        assertThat(slice.at("/metrics/log_loss").asDouble())
            .as(name)
            .isCloseTo(logLoss(model, own), within(1e-5));
        assertThat(slice.at("/differences/auc").asDouble())
            .isCloseTo(
                slice.at("/metrics/auc").asDouble() - run.metric("test", "click", "auc"),
                within(1e-12));
        assertThat(slice.at("/metrics/auc").asDouble())
            .isBetween(
                slice.at("/intervals/auc/0").asDouble(), slice.at("/intervals/auc/1").asDouble());
      }
    }
    assertThat(sum).isEqualTo(1000);
    assertThat(click.at("/whole/auc").asDouble()).isEqualTo(run.metric("test", "click", "auc"));
    assertThat(Files.readString(run.files().report()))
        .contains("Slices of test: region", "isle (small)", "click: auc, the worst slices");
  }

  @Test
  void slicesMayChangeWhereARunIsResumedAndTrainingDoesNot() throws IOException {
    train("[{by: value, column: region}]", false);
    byte[] metrics = Files.readAllBytes(folder.resolve("metrics.json"));
    Run resumed = train("[{by: known, column: region}, {by: frequency, column: region}]", true);
    assertThat(slices(resumed, 0).get("by").asText()).isEqualTo("region, known or new");
    assertThat(slices(resumed, 1).at("/outputs/click/slices/0/rows").asInt()).isPositive();
    assertThat(Files.readAllBytes(folder.resolve("metrics.json"))).isEqualTo(metrics);
    assertThat(Files.readAllLines(folder.resolve("history.jsonl"))).hasSize(2);
    assertThat(train("[]", true).files().slices()).doesNotExist();
  }

  @Test
  void aColumnThatIsNotThereIsSaidBeforeAnythingIsTrained() {
    MtlException failure =
        catchThrowableOfType(
            MtlException.class, () -> train("[{by: value, column: regoin}]", false));
    assertThat(failure)
        .hasMessage(
            "evaluation.slices (slices.yaml:13:14): The source has no column \"regoin\". Did you"
                + " mean \"region\"?");
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatIsNoSliceIsSaidWithItsPlace() {
    assertRefused(
        "[{by: value, column: a, limit: 0}]",
        "evaluation.slices.0.limit (slices.yaml:13:46): Expected 1 to 1000, found 0.");
    assertRefused(
        "[{by: frequency, column: a, from: [5, 5]}]",
        "evaluation.slices.0.from (slices.yaml:13:50): Expected rising numbers of at least 1,"
            + " found [5, 5].");
    assertRefused(
        "[{by: frequency, column: a, from: []}]",
        "evaluation.slices.0.from (slices.yaml:13:50): Expected a number, found none.");
    assertRefused(
        "[{by: time, column: a, ranges: 1}]",
        "evaluation.slices.0.ranges (slices.yaml:13:45): Expected 2 to 100, found 1.");
    assertRefused(
        "[{by: time, column: a, zone: Berlin}]",
        "evaluation.slices.0.zone (slices.yaml:13:45): Expected UTC, a region such as"
            + " Europe/Berlin or an offset such as +02:00, found \"Berlin\".");
    assertRefused(
        "[{by: colour, column: a}]",
        "evaluation.slices.0.by (slices.yaml:13:24): Expected one of frequency, known, time, value,"
            + " found \"colour\".");
    assertRefused(
        "[{by: known, column: a}, {by: known, column: a}]",
        "evaluation.slices (slices.yaml:13:14): Expected different ones, found one twice.");
  }

  private void assertRefused(String slices, String message) {
    assertThatThrownBy(() -> Experiment.of(experiment(slices)))
        .isInstanceOf(MtlException.class)
        .hasMessage(message);
  }

  private static double logLoss(MtlModel model, List<Map<String, String>> rows) {
    List<Map<String, Object>> inputs = new ArrayList<>();
    rows.forEach(row -> inputs.add(new HashMap<>(Map.of("x", Double.valueOf(row.get("x"))))));
    List<Map<String, float[]>> predictions = model.predict(inputs);
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      double p = predictions.get(i).get("click")[0];
      sum -= Math.log(rows.get(i).get("click").equals("1") ? p : 1 - p);
    }
    return sum / rows.size();
  }
}
