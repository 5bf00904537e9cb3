package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;

/** Two sellers whose items are alike but for a price that the model has learnt to dislike. */
class FairnessRunTest {
  /** The same rows each time: what a small model has learnt of others nobody promises. */
  private static final long SEED = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path temporary;
  private List<Map<String, String>> rows;

  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    rows = new ArrayList<>();
    List<String> lines = new ArrayList<>(List.of("user,seller,price,click,part"));
    for (int i = 0; i < 3_000; i++) {
      String seller = random.nextInt(2) == 0 ? "dear" : "cheap";
      double price = random.nextDouble() + (seller.equals("dear") ? 0.5 : 0);
      int click = random.nextDouble() < 0.8 - 0.5 * price ? 1 : 0;
      String part = i % 3 == 0 ? "test" : "train";
      Map<String, String> row =
          Map.of(
              "user",
              "u" + i % 90,
              "seller",
              seller,
              "price",
              "" + price,
              "click",
              "" + click,
              "part",
              part);
      rows.add(row);
      lines.add("u%d,%s,%s,%d,%s".formatted(i % 90, seller, price, click, part));
    }
    Files.write(temporary.resolve("log.csv"), lines);
  }

  private Run train(String evaluation) {
    ConfigFile file =
        ConfigFile.parse(
            """
            name: fairness
            seed: 3
            data:
              source: {type: csv, path: %s}
              split: {by: column, column: part}
              cache: {enabled: false}
            features:
              price: {type: numeric}
            tasks:
              click: {type: binary, label: click}
              spent: {type: regression, label: price}
            model: {type: shared_bottom, bottom_layers: [4], tower_layers: []}
            training: {epochs: 3, batch_size: 64, threads: 1, optimizer: {type: adam, learning_rate: 0.05}}
            evaluation: %s
            """
                .formatted(temporary.resolve("log.csv"), evaluation),
            "fairness.yaml");
    return Experiment.of(file)
        .train(
            TrainOptions.into(temporary.resolve("run")).withoutLint(), ExperimentListener.SILENT);
  }

  @Test
  void figuresAreThoseOfTheExportsPredictionsByPlainLoops() throws IOException {
    Run run = train("{group_by: user, fairness: {column: seller, thresholds: {click: 0.45}}}");
    JsonNode file = JSON.readTree(run.files().fairness().toFile());
    assertThat(file.get("split").asText()).isEqualTo("test");
    assertThat(file.get("column").asText()).isEqualTo("seller");
    assertThat(file.get("outputs")).hasSize(1);
    JsonNode rates = file.at("/outputs/click/equal_opportunity");
    assertThat(rates.get("threshold").asDouble()).isEqualTo(0.45);
    Map<String, double[]> positives = new HashMap<>();
    try (MtlModel model = run.model()) {
      List<Map<String, String>> test =
          rows.stream().filter(row -> row.get("part").equals("test")).toList();
      List<Map<String, Object>> inputs = new ArrayList<>();
      test.forEach(row -> inputs.add(Map.of("price", Double.valueOf(row.get("price")))));
      List<Map<String, float[]>> predictions = model.predict(inputs);
      for (int i = 0; i < test.size(); i++) {
        if (test.get(i).get("click").equals("1")) {
          double[] counts =
              positives.computeIfAbsent(test.get(i).get("seller"), s -> new double[2]);
          counts[0] += predictions.get(i).get("click")[0] >= 0.45 ? 1 : 0;
          counts[1]++;
        }
      }
    }
    for (JsonNode group : rates.get("groups")) {
      double[] counts = positives.get(group.get("group").asText());
      assertThat(group.get("count").asInt()).isEqualTo((int) counts[1]);
      assertThat(group.get("ratio").asDouble())
          .isCloseTo(counts[0] / counts[1], within(2 / counts[1])); // A score may be at the edge.
    }
    JsonNode gap = rates.at("/gaps/0");
    assertThat(gap.get("less").asText()).isEqualTo("dear");
    assertThat(gap.get("gap").asDouble())
        .isBetween(gap.at("/interval/0").asDouble(), gap.at("/interval/1").asDouble());
    JsonNode parity = file.at("/outputs/click/exposure_parity/gaps/0");
    assertThat(parity.get("less").asText()).isEqualTo("dear");
    assertThat(parity.at("/interval/0").asDouble()).isPositive();
    double shares = 0;
    for (JsonNode group : file.at("/outputs/click/exposure_parity/groups")) {
      shares += group.get("amount").asDouble();
    }
    assertThat(shares).isCloseTo(1, within(1e-9));
    assertThat(Files.readString(run.files().report()))
        .contains("Fairness of test: seller", "click: exposure parity");
  }

  @Test
  void whatCannotBeAskedIsSaid() {
    assertThatThrownBy(() -> train("{fairness: {column: seller, thresholds: {clik: 0.5}}}"))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            "evaluation.fairness.thresholds.clik (fairness.yaml:14:54): Expected the name of a"
                + " binary output, found \"clik\". Did you mean \"click\"?");
    assertThatThrownBy(() -> train("{fairness: {column: seler}}"))
        .hasMessage(
            "evaluation.fairness (fairness.yaml:14:14): The source has no column \"seler\". Did you"
                + " mean \"seller\"?");
    assertThatThrownBy(() -> train("{fairness: {column: seller, places: 0}}"))
        .hasMessage(
            "evaluation.fairness.places (fairness.yaml:14:41): Expected at least 1, found 0.");
    assertThatThrownBy(() -> train("{fairness: {column: seller, limit: 0}}"))
        .hasMessage(
            "evaluation.fairness.limit (fairness.yaml:14:41): Expected 1 to 1000, found 0.");
    assertThatThrownBy(() -> train("{fairness: {column: seller, thresholds: {click: 2}}}"))
        .hasMessage(
            "evaluation.fairness.thresholds (fairness.yaml:14:41): Expected 0 to 1, found"
                + " {click=2.0}.");
  }
}
