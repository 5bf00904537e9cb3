package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.experiment.events.EventFiles;

/** What {@code history.jsonl} and the report tell of the tasks: weights, gradients, cosines. */
class TaskHistoryTest extends TinyRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TASKS =
      "{click: {type: binary, label: click, loss_weight: 0.5}, cart: {type: binary, label: cart}}";

  private List<JsonNode> trainedWith(Map<String, String> overrides) throws IOException {
    Map<String, String> all = new HashMap<>(Map.of("tasks", TASKS));
    all.putAll(overrides);
    train(false, all, ExperimentListener.SILENT);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("history.jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** The last line's figures, and the losses and weights of the steps that are asked for. */
  private void assertEvents(JsonNode last) throws IOException {
    Map<Long, Map<String, Float>> scalars = EventFiles.scalars(folder.resolve("tensorboard"));
    assertThat(scalars).containsOnlyKeys(3L, 4L, 6L, 8L);
    assertThat(scalars.get(3L))
        .containsOnlyKeys(
            "loss/total",
            "loss/task/click",
            "loss/task/cart",
            "weight/click",
            "weight/cart",
            "learning_rate/factor")
        .containsEntry("learning_rate/factor", 1f)
        .containsEntry("weight/cart", 0.5f);
    Map<String, Float> expected = new HashMap<>();
    JsonNode train = last.path("train");
    expected.put("epoch_loss/total", train.path("loss").floatValue());
    put(expected, "epoch_loss/task/", train.path("tasks"));
    put(expected, "epoch_weight/", train.path("weights"));
    put(expected, "gradient_norm/", last.path("gradients").path("norms"));
    expected.put(
        "gradient_cosine/click, cart",
        last.path("gradients").path("cosines").path("click").path("cart").floatValue());
    for (String task : List.of("click", "cart")) {
      put(expected, "validation/" + task + "/", last.path("validation").path(task));
    }
    assertThat(scalars.get(8L)).isEqualTo(expected).containsKey("validation/cart/auc");
  }

  private static void put(Map<String, Float> to, String prefix, JsonNode figures) {
    figures.properties().forEach(f -> to.put(prefix + f.getKey(), f.getValue().floatValue()));
  }

  private static double weight(JsonNode line, String task) {
    return line.path("train").path("weights").path(task).doubleValue();
  }

  @Test
  void weightsAreThoseOfTheMethodTimesLossWeightAndGradientsChangeNothing() throws IOException {
    Map<String, String> decay =
        Map.of("training.balancing", "{type: decay, factors: {cart: 0.5}, every: 2}");
    Map<String, String> seen = new HashMap<>(decay);
    seen.put("training.tensorboard", "{every: 3}");
    List<JsonNode> lines = trainedWith(seen);
    // Steps 1 to 4 and 5 to 8, with cart at 1 1 .5 .5 and .25 .25 .125 .125.
    assertThat(weight(lines.get(0), "click")).isEqualTo(0.5);
    assertThat(weight(lines.get(1), "click")).isEqualTo(0.5);
    assertThat(weight(lines.get(0), "cart")).isCloseTo(0.75, within(1e-6));
    assertThat(weight(lines.get(1), "cart")).isCloseTo(0.1875, within(1e-6));
    for (JsonNode line : lines) {
      JsonNode gradients = line.path("gradients");
      assertThat(gradients.path("norms").path("click").doubleValue()).isPositive();
      assertThat(gradients.path("norms").path("cart").doubleValue()).isPositive();
      assertThat(gradients.path("cosines").path("click").path("cart").doubleValue())
          .isBetween(-1.0, 1.0);
    }
    assertThat(Files.readString(folder.resolve("report.json")))
        .contains("Task weights", "Gradient norms", "Gradient cosines", "click, cart");
    assertEvents(lines.get(1));

    Path with = folder;
    folder = temporary.resolve("without");
    Map<String, String> unseen = new HashMap<>(decay);
    unseen.put("training.gradient_batches", "0");
    unseen.put("training.tensorboard", "{enabled: false}");
    assertThat(trainedWith(unseen).get(0).has("gradients")).isFalse();
    assertThat(folder.resolve("tensorboard")).doesNotExist();
    assertThat(folder.resolve("checkpoints/step-8/tensors.bin"))
        .hasSameBinaryContentAs(with.resolve("checkpoints/step-8/tensors.bin"));
  }

  @Test
  void whereEveryTensorIsWeighedByItselfThereAreNoWeights() throws IOException {
    JsonNode line =
        trainedWith(
                Map.of(
                    "training.balancing",
                    "{type: metabalance, target: cart}",
                    "training.epochs",
                    "1"))
            .get(0);
    assertThat(line.path("train").has("weights")).isFalse();
  }

  private static List<String> plots(String... lines) throws IOException {
    SortedMap<Integer, JsonNode> epochs = new TreeMap<>();
    for (String line : lines) {
      epochs.put(epochs.size() + 1, JSON.readTree(line));
    }
    return LearningCurves.of(new History(epochs.size(), epochs, List.of())).stream()
        .map(plot -> ((LineChart) plot).caption().title())
        .toList();
  }

  @Test
  void weightsThatDoNotChangeAreNoPlot() throws IOException {
    String one = "{'train': {'weights': {'a': 1.0, 'b': 2.0}}}".replace('\'', '"');
    assertThat(plots(one, one)).isEmpty();
    assertThat(plots(one, one.replace("2.0", "2.5"))).containsExactly("Task weights");
  }

  @Test
  void ofManyPairsTheLowestCosinesAreShown() throws IOException {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      pairs.append(i == 0 ? "" : ", ").append("\"t").append(i).append("\": ").append(7 - i);
    }
    String line = "{\"gradients\": {\"norms\": {\"a\": 1}, \"cosines\": {\"a\": {" + pairs + "}}}}";
    SortedMap<Integer, JsonNode> epochs = new TreeMap<>(Map.of(1, JSON.readTree(line)));
    LineChart cosines = (LineChart) LearningCurves.of(new History(1, epochs, List.of())).get(1);
    assertThat(cosines.series())
        .hasSize(12)
        .extracting(Series::name)
        .doesNotContain("a, t0", "a, t1");
    assertThat(cosines.caption().reading()).endsWith("Of 14 pairs the 12 with the lowest mean.");
  }

  @Test
  void aNegativeNumberOfBatchesIsRefused() {
    assertThat(refused(false, Map.of("training.gradient_batches", "-1")))
        .hasMessageContaining("Expected 0 or more, found -1");
  }
}
