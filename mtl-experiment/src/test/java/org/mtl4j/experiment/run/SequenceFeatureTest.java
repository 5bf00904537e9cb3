package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;

/** Labels that only the order of a history, or the candidate among it, tells. */
@Tag("slow")
class SequenceFeatureTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 6_000;
  private static final int ITEMS = 6;
  private static final String BASE =
      """
      name: histories
      seed: 3
      data:
        source: {type: csv, path: %s}
        split: {by: random, validation: 0.1, test: 0.3}
      features:
        item: {type: categorical, dim: 4}
      %s
      tasks:
        %s: {type: binary, label: %s}
      model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
      training:
        epochs: %d
        batch_size: 128
        threads: 1
        optimizer: {type: adam, learning_rate: 0.01}
        embedding_optimizer: {type: adagrad, learning_rate: 0.1}
      """;

  @TempDir Path folder;

  /** {@code newest}: the last item is 0 or 1. {@code known}: the candidate is in the history. */
  private Path data() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>(List.of("item,history,newest,known"));
    for (int row = 0; row < ROWS; row++) {
      int[] history = random.ints(random.nextInt(9), 0, ITEMS).toArray();
      int item = random.nextInt(ITEMS);
      List<String> words = new ArrayList<>();
      boolean known = false;
      for (int value : history) {
        words.add("i" + value);
        known |= value == item;
      }
      boolean newest = history.length > 0 && history[history.length - 1] < 2;
      lines.add(
          "i%d,%s,%d,%d".formatted(item, String.join(" ", words), newest ? 1 : 0, known ? 1 : 0));
    }
    return Files.write(folder.resolve("log.csv"), lines);
  }

  private Run train(String task, int epochs, String... features) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String feature : features) {
      lines.append("  ").append(feature).append('\n');
    }
    ConfigFile file =
        ConfigFile.parse(BASE.formatted(data(), lines, task, task, epochs), "histories.yaml");
    // Of so few values many rows are equal by nature.
    TrainOptions options = TrainOptions.into(folder.resolve("run")).withoutLint();
    return Experiment.of(file).train(options, ExperimentListener.SILENT);
  }

  @Test
  void recurrentEncoderKnowsWhatCameLastAndServesIt() throws IOException {
    Run run =
        train(
            "newest",
            8,
            "history: {type: sequence, max_length: 4, table: item, dim: 4, encoder: gru, units: 8}");
    assertThat(run.metric("test", "newest", "auc")).isGreaterThan(0.99);
    assertThat(ManifestFile.read(run.export()).inputs().get(1).kind())
        .isEqualTo(ModelManifest.Kind.SEQUENCE);
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(newest(model, "i4 i5 i0")).isGreaterThan(0.9f);
      assertThat(newest(model, "i0 i1 i5")).isLessThan(0.1f);
      assertThat(newest(model, "i0 i0 i0 i0 i0 i0 i0 i0 i4 i3 i0")).isGreaterThan(0.9f);
      assertThat(newest(model, "")).isLessThan(0.1f);
    }
  }

  private static float newest(MtlModel model, String history) {
    return model.predict(List.of(Map.of("item", "i3", "history", history))).get(0).get("newest")[0];
  }

  @Test
  void attentionFindsTheCandidateInTheHistory() throws IOException {
    Run run =
        train(
            "known",
            8,
            "history: {type: sequence, table: item, dim: 4, encoder: attention, query: item}");
    assertThat(run.metric("test", "known", "auc")).isGreaterThan(0.95);
  }

  /** An export is certified against the trainer: each encoder computes the same in both. */
  @Test
  void everyEncoderTrainsAndIsExported() throws IOException {
    Run run =
        train(
            "newest",
            1,
            "a: {type: sequence, column: history, dim: 4, encoder: mean}",
            "b: {type: sequence, column: history, dim: 4, encoder: gru}",
            "c: {type: sequence, column: history, dim: 4, encoder: lstm, units: 3}",
            "d: {type: sequence, column: history, dim: 4, encoder: convolution, window: 2}",
            "e: {type: sequence, column: history, table: item, dim: 4, encoder: attention, query: item}",
            "f: {type: sequence, column: history, dim: 4, encoder: self_attention, heads: 2}");
    ModelManifest.Certificate certificate = ManifestFile.read(run.export()).certificate();
    assertThat(certificate.rows()).isGreaterThan(100);
    assertThat(certificate.largestDifference()).isLessThan(1e-6);
  }

  @Test
  void encoderReadsItsOwnKeysAndItsQueryIsAFeatureOfItsWidth() {
    assertRefused(
        "history: {type: sequence, encoder: mean, units: 3}",
        "features.history.units (histories.yaml:8:44): Expected none with this encoder, found 3");
    assertRefused(
        "history: {type: sequence, encoder: attention}",
        "features.history.query (histories.yaml:8:3): Expected the categorical feature that the history is asked by, found none");
    assertRefused(
        "history: {type: sequence, dim: 6, encoder: self_attention, heads: 4}",
        "features.history.heads (histories.yaml:8:62): Expected a divisor of dim, 6, found 4");
    assertRefused(
        "history: {type: sequence, dim: 8, encoder: attention, query: item}",
        "features.history.query (histories.yaml:8:57): Expected the name of a categorical feature of"
            + " dim 8, found \"item\".");
    assertRefused(
        "history: {type: sequence, dim: 4, encoder: attention, query: itm}",
        "Expected the name of a categorical feature of dim 4, found \"itm\".");
  }

  private void assertRefused(String feature, String message) {
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> train("newest", 1, feature));
    assertThat(failure).hasMessageContaining(message);
  }
}
