package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.apply.PredictionFile;
import org.mtl4j.experiment.apply.ServedModel;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.Recommendation;

/** The genres of a film, a set, as a task beside a click: learnt, measured, exported and served. */
class MultilabelTaskTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ITEMS = 12;
  private static final int ROWS = 2_400;

  /** Of each kind of film its genres; the last kind has none, which is not the same as missing. */
  private static final List<String> GENRES =
      List.of("Comedy/Drama", "Drama", "Comedy / Action/Drama", "/");

  private final ExperimentService service = MtlServices.standard();

  @TempDir Path folder;

  private Run train(Path data) {
    return train(experiment(data));
  }

  private static ConfigFile experiment(Path data) {
    String yaml =
        """
        name: genres
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
        features:
          item: {type: categorical, dim: 4}
        tasks:
          liked: {type: binary, label: liked}
          genres: {type: multilabel, label: genres, separator: "/", min_count: 5}
        model: {type: shared_bottom, bottom_layers: [32], tower_layers: [16]}
        training:
          epochs: 12
          batch_size: 64
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
          early_stopping: {metric: genres/log_loss, patience: 12}
        """
            .formatted(data);
    return ConfigFile.parse(yaml, "genres.yaml");
  }

  private Run train(ConfigFile file) {
    return service.train(
        service.read(file),
        TrainOptions.into(folder.resolve("run")).withoutLint(),
        ExperimentListener.SILENT);
  }

  /** Rows of two thirds training; one row in seven lacks its genres; War is in no test row. */
  private Path data() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>(List.of("item,genres,liked,part"));
    for (int row = 0; row < ROWS; row++) {
      String part = row % 6 < 4 ? "train" : row % 6 == 4 ? "validation" : "test";
      int item = random.nextInt(ITEMS);
      String genres = GENRES.get(item % GENRES.size());
      if (part.equals("train") && item == 1 && row % 2 == 0) {
        genres += "/War";
      }
      if (part.equals("test") && row < 60) {
        genres += "/Opera";
      }
      if (row % 7 == 0) {
        genres = "";
      }
      lines.add("i%d,%s,%d,%s".formatted(item, genres, random.nextInt(2), part));
    }
    return Files.write(folder.resolve("films.csv"), lines);
  }

  @Test
  void setsAreLearntMeasuredExportedAndServed() throws IOException {
    Path data = data();
    Run run = train(data);
    ModelManifest manifest = ManifestFile.read(run.export());
    assertThat(manifest.outputs())
        .contains(
            new ModelManifest.Output(
                "genres",
                "multilabel",
                "P(class in genres)",
                List.of("Drama", "Comedy", "Action", "War")));
    assertThat(run.metric("test", "genres", "macro_auc")).isGreaterThan(0.999);
    assertThat(run.metric("test", "genres", "micro_f1")).isGreaterThan(0.95);
    assertThat(run.metric("test", "genres", "log_loss")).isLessThan(0.2);
    assertServed(run);
    assertEvaluated(run, data);
    assertWritten(run, data);
    assertThat(Files.readString(run.files().report()))
        .contains(
            "<th scope=\"col\">macro_f1</th>",
            "genres/macro_auc is the mean over 3 of 4 classes: War without both");
  }

  /** Every item is in training: what is warm is all there is. */
  @Test
  void setsAreLearntFromSampledRowsAndMeasuredOnWarmOnes() throws IOException {
    Run run =
        train(
            experiment(data())
                .withOverride("data.down_sampling", "{task: liked, keep: 0.5}")
                .withOverride("evaluation.cold", "[item]"));
    assertThat(run.metric("test", "genres", "macro_auc")).isGreaterThan(0.99);
    assertThat(run.metrics().get("test/warm/item").get("genres"))
        .isEqualTo(run.metrics().get("test").get("genres"));
    assertThat(run.metrics().get("test/cold/item").get("genres").get("macro_auc")).isNull();
  }

  private static void assertServed(Run run) {
    try (MtlModel model = run.model()) {
      float[] comedy = model.predict(List.of(Map.of("item", "i2"))).get(0).get("genres");
      assertThat(comedy).hasSize(4);
      assertThat(comedy[0]).isGreaterThan(0.8f);
      assertThat(comedy[2]).isGreaterThan(0.8f);
      assertThat(comedy[3]).isLessThan(0.2f);
      float[] none = model.predict(List.of(Map.of("item", "i3"))).get(0).get("genres");
      for (float probability : none) {
        assertThat(probability).isLessThan(0.2f);
      }
      BatchSource items = BatchSource.of(List.of(Map.of("item", "i1"), Map.of("item", "i2")));
      List<Recommendation> best = model.recommend(Map.of(), items, "liked", 2);
      assertThat(best).hasSize(2);
      assertThat(best.get(0).scores()).containsOnlyKeys("liked");
      MtlException refused =
          catchThrowableOfType(
              MtlException.class, () -> model.recommend(Map.of(), items, "genres", 2));
      assertThat(refused).hasMessageContaining("There is no output \"genres\" to rank by.");
    }
  }

  /** All rows: those of War have no say to their class alone, those of Opera lose it. */
  private void assertEvaluated(Run run, Path data) throws IOException {
    Evaluation.Result result = new Evaluation(service).evaluate(run, List.of(data.toString()));
    List<String> lines = Files.readAllLines(data);
    long labelled = lines.stream().skip(1).filter(line -> !line.contains(",,")).count();
    long opera = lines.stream().filter(line -> line.contains("Opera")).count();
    assertThat(opera).isPositive();
    assertThat(result.report().outputs().get("genres").rowCount()).isEqualTo((int) labelled);
    assertThat(result.report().outputs().get("liked").rowCount()).isEqualTo(ROWS);
    assertThat(result.warnings())
        .contains(opera + " rows have classes of genres that were not learnt; those are left out");
  }

  private void assertWritten(Run run, Path data) throws IOException {
    Path output = folder.resolve("predictions.csv");
    new PredictionFile(ServedModel.of(run, service), List.of())
        .write(List.of(data.toString()), output);
    List<String> lines = Files.readAllLines(output);
    assertThat(lines).hasSize(ROWS + 1);
    assertThat(lines.get(0))
        .isEqualTo("row,liked,genres:Drama,genres:Comedy,genres:Action,genres:War");
    String item = Files.readAllLines(data).get(1).split(",", 2)[0];
    try (MtlModel model = run.model()) {
      float[] expected = model.predict(List.of(Map.of("item", item))).get(0).get("genres");
      String[] cells = lines.get(1).split(",", -1);
      for (int c = 0; c < expected.length; c++) {
        assertThat(Float.parseFloat(cells[2 + c])).isCloseTo(expected[c], within(1e-6f));
      }
    }
  }
}
