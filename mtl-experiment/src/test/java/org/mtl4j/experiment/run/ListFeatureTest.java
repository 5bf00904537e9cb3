package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.manifest.ModelManifest.Input;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;

/** A label that only the values of a list tell: learnt, exported and predicted from it. */
class ListFeatureTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 4_000;
  private static final List<String> GENRES = List.of("Action", "Comedy", "Drama", "Sci-Fi");

  @TempDir Path folder;

  private ConfigFile experiment(Path data) {
    return ConfigFile.parse(
        """
        name: lists
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: random, validation: 0.1, test: 0.3}
        features:
          genres: {type: multi_categorical, separator: "/", dim: 4, pooling: max}
        tasks:
          funny: {type: binary, label: funny}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
        training:
          epochs: 6
          batch_size: 128
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        """
            .formatted(data),
        "lists.yaml");
  }

  /**
   * The same films each time: of some logs in twenty max pooling does not find the way to the label
   * in six epochs, as a kind that is nowhere the largest gets no gradient.
   */
  private Path data() throws IOException {
    Random random = new Random(2);
    List<String> lines = new ArrayList<>(List.of("genres,funny"));
    for (int row = 0; row < ROWS; row++) {
      List<String> genres = GENRES.stream().filter(g -> random.nextInt(3) == 0).toList();
      boolean funny = genres.contains("Comedy") && !genres.contains("Drama");
      lines.add(String.join(" / ", genres) + "," + (funny ? 1 : 0));
    }
    return Files.write(folder.resolve("films.csv"), lines);
  }

  @Test
  void labelIsLearntFromTheValuesAndServedFromTheirText() throws IOException {
    Run run =
        Experiment.of(experiment(data()))
            .train(
                TrainOptions.into(folder.resolve("run")).withoutLint(), ExperimentListener.SILENT);
    assertThat(run.metric("test", "funny", "auc")).isGreaterThan(0.999);
    ModelManifest manifest = ManifestFile.read(run.export());
    assertThat(manifest.inputs())
        .containsExactly(
            new ModelManifest.Input(
                "genres",
                "genres",
                ModelManifest.Kind.MULTI_CATEGORICAL,
                Optional.empty(),
                Optional.of("/")));
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(funny(model, "Comedy")).isGreaterThan(0.9f);
      assertThat(funny(model, "Sci-Fi /Comedy//Action")).isGreaterThan(0.9f);
      assertThat(funny(model, "Comedy/ Drama")).isLessThan(0.1f);
      assertThat(funny(model, "")).isLessThan(0.1f);
    }
  }

  @Test
  void separatorsByDefaultAreABarAndABlank() throws IOException {
    ConfigFile file =
        experiment(data())
            .withOverride("features.genres", "{type: multi_categorical, dim: 2}")
            .withOverride("features.past", "{type: sequence, column: genres, dim: 2}")
            .withOverride("training.epochs", "1");
    TrainOptions options = TrainOptions.into(folder.resolve("run")).withoutLint();
    Run run = Experiment.of(file).train(options, ExperimentListener.SILENT);
    assertThat(ManifestFile.read(run.export()).inputs())
        .extracting(input -> input.separator().orElseThrow(), Input::weightSeparator)
        .containsExactly(tuple("|", Optional.empty()), tuple(" ", Optional.empty()));
  }

  /** Two kinds in every row, told apart by their weights alone. */
  @Test
  void labelIsLearntFromWeightsAndServedFromTheirText() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>(List.of("genres,age,funny"));
    for (int row = 0; row < ROWS; row++) {
      int comedy = random.nextInt(101);
      if (comedy != 50) {
        double share = comedy / 100.0;
        lines.add(
            "Comedy:%s / Drama: %s,%d,%d"
                .formatted(share, 1 - share, random.nextInt(90), comedy > 50 ? 1 : 0));
      }
    }
    Path data = Files.write(folder.resolve("films.csv"), lines);
    ConfigFile file =
        experiment(data)
            .withOverride(
                "features.genres",
                "{type: multi_categorical, separator: /, dim: 4, weight_separator: ':'}")
            .withOverride("features.age", "{type: numeric}");
    Run run =
        Experiment.of(file)
            .train(
                TrainOptions.into(folder.resolve("run")).withoutLint(), ExperimentListener.SILENT);
    assertThat(run.metric("test", "funny", "auc")).isGreaterThan(0.99);
    assertThat(ManifestFile.read(run.export()).inputs())
        .extracting(Input::name, Input::separator, Input::weightSeparator)
        .containsExactly(
            tuple("genres", Optional.of("/"), Optional.of(":")),
            tuple("age", Optional.empty(), Optional.empty()));
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(funny(model, "Comedy:.9/Drama:.1", 40)).isGreaterThan(0.9f);
      assertThat(funny(model, "Drama : 1 / Comedy:0.1", 40)).isLessThan(0.1f);
      assertThat(funny(model, "Comedy:9e3/Drama:1e3", 40))
          .isEqualTo(funny(model, "Comedy:.9/Drama:.1", 40), within(1e-5f));
    }
  }

  private static float funny(MtlModel model, String genres, int age) {
    return model.predict(List.of(Map.of("genres", genres, "age", age))).get(0).get("funny")[0];
  }

  private static float funny(MtlModel model, String genres) {
    return model.predict(List.of(Map.of("genres", genres))).get(0).get("funny")[0];
  }
}
