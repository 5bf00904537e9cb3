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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.SmallExport;

/**
 * A label that is 1 in the middle of a number's range, which no straight line tells: learnt from
 * its buckets, and from its bins, and served from the raw number.
 */
class NumberFeatureTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 4_000;

  @TempDir Path folder;

  private ConfigFile experiment(Path data, String feature) {
    return ConfigFile.parse(
        """
        name: numbers
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: random, validation: 0.1, test: 0.3}
        features:
          price: %s
        tasks:
          bought: {type: binary, label: bought}
        model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
        training:
          epochs: 20
          batch_size: 64
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        """
            .formatted(data, feature),
        "numbers.yaml");
  }

  /** Prices are even over 0 to 10, bought between 4 and 7, or where they are missing. */
  private Path data() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>(List.of("price,bought"));
    for (int row = 0; row < ROWS; row++) {
      double price = 10 * random.nextDouble();
      boolean missing = random.nextInt(10) == 0;
      boolean bought = missing || (price > 4 && price < 7);
      lines.add((missing ? "" : price) + "," + (bought ? 1 : 0));
    }
    return Files.write(folder.resolve("prices.csv"), lines);
  }

  private Run train(String feature) throws IOException {
    Run run =
        Experiment.of(experiment(data(), feature))
            .train(
                TrainOptions.into(folder.resolve("run")).withoutLint(), ExperimentListener.SILENT);
    assertThat(ManifestFile.read(run.export()).inputs())
        .extracting(ModelManifest.Input::kind)
        .containsExactly(ModelManifest.Kind.NUMERIC);
    return run;
  }

  private static void assertServes(Run run) {
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(bought(model, 5.5)).isGreaterThan(0.8f);
      assertThat(bought(model, 2)).isLessThan(0.2f);
      assertThat(bought(model, 9)).isLessThan(0.2f);
      assertThat(bought(model, Double.NaN)).isGreaterThan(0.8f);
    }
  }

  private static float bought(MtlModel model, double price) {
    return model.predict(List.of(Map.of("price", price))).get(0).get("bought")[0];
  }

  @Test
  void bucketsTellIt() throws IOException {
    Run run = train("{type: numeric, transform: quantile, buckets: 30, dim: 2}");
    assertThat(run.metric("test", "bought", "auc")).isGreaterThan(0.98);
    assertServes(run);
    assertThat(SmallExport.variables(run.export())).contains("embedding/price");
  }

  @Test
  void binsTellIt() throws IOException {
    Run run = train("{type: numeric, transform: piecewise_linear, bins: 20, indicator: true}");
    assertThat(run.metric("test", "bought", "auc")).isGreaterThan(0.98);
    assertServes(run);
  }

  private List<String> problems(String feature) {
    ConfigFile file = experiment(folder.resolve("none.csv"), feature);
    MtlException error = catchThrowableOfType(MtlException.class, () -> Experiment.of(file));
    return error.problems().stream().map(p -> p.where() + ": " + p.what()).toList();
  }

  @Test
  void keysOfAnotherTransformAndNumbersOutOfRangeAreRefused() {
    assertThat(problems("{type: numeric, buckets: 5}"))
        .containsExactly(
            "features.price.buckets (numbers.yaml:7:26): Expected none with this transform, found 5.");
    assertThat(problems("{type: numeric, transform: quantile, bins: 5}"))
        .containsExactly(
            "features.price.bins (numbers.yaml:7:47): Expected none with this transform, found 5.");
    assertThat(problems("{type: numeric, transform: quantile, buckets: 1}"))
        .containsExactly(
            "features.price.buckets (numbers.yaml:7:47): Expected 2 to 65536, found 1.");
    assertThat(problems("{type: numeric, transform: quantile, indicator: true}"))
        .containsExactly(
            "features.price.indicator (numbers.yaml:7:47): Expected false with quantile, where missing"
                + " has an id of its own, found true.");
    assertThat(problems("{type: numeric, transform: piecewise_linear, bins: 2000}"))
        .containsExactly(
            "features.price.bins (numbers.yaml:7:55): Expected 1 to 1024, found 2000.");
    assertThat(problems("{type: numeric, transform: quantiles}"))
        .containsExactly(
            "features.price.transform (numbers.yaml:7:26): Expected one of none, standardize, minmax,"
                + " log1p, quantile, piecewise_linear, found \"quantiles\".");
  }
}
