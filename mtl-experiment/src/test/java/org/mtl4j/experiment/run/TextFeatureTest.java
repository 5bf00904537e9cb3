package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;

/** A label that only the words of a title tell: learnt, exported and predicted from them. */
class TextFeatureTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 4_000;
  private static final List<String> WORDS =
      List.of("the", "Night", "of", "wild", "HORSES", "sequel", "Sequel:", "sequels", "return");

  @TempDir Path folder;

  private Path data() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>(List.of("title,again"));
    for (int row = 0; row < ROWS; row++) {
      List<String> title = random.ints(4, 0, WORDS.size()).mapToObj(WORDS::get).toList();
      boolean again = title.contains("sequel") || title.contains("Sequel:");
      lines.add(String.join(" ", title) + "," + (again ? 1 : 0));
    }
    return Files.write(folder.resolve("films.csv"), lines);
  }

  private Run train(String keys) throws IOException {
    ConfigFile file =
        ConfigFile.parse(
            """
            name: titles
            seed: 3
            data:
              source: {type: csv, path: %s}
              split: {by: random, validation: 0.1, test: 0.3}
            features:
              title: {type: text, dim: 4, %s}
            tasks:
              again: {type: binary, label: again}
            model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
            training:
              epochs: 8
              batch_size: 128
              threads: 1
              optimizer: {type: adam, learning_rate: 0.01}
            """
                .formatted(data(), keys),
            "titles.yaml");
    Run run =
        Experiment.of(file)
            .train(
                TrainOptions.into(folder.resolve("run")).withoutLint(), ExperimentListener.SILENT);
    return run;
  }

  private static float again(MtlModel model, String title) {
    return model.predict(List.of(Map.of("title", title))).get(0).get("again")[0];
  }

  @Test
  void labelIsLearntFromWordsAndServedFromAText() throws IOException {
    Run run = train("pooling: max");
    assertThat(run.metric("test", "again", "auc")).isGreaterThan(0.99);
    assertThat(ManifestFile.read(run.export()).inputs())
        .containsExactly(
            new ModelManifest.Input(
                "title", "title", ModelManifest.Kind.TEXT, Optional.empty(), Optional.empty()));
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(again(model, "The SEQUEL!")).isGreaterThan(0.9f);
      assertThat(again(model, "wild—sequel…of\u00a0horses")).isGreaterThan(0.9f);
      assertThat(again(model, "Sequels of the night")).isLessThan(0.1f);
      assertThat(again(model, " …?!")).isEqualTo(again(model, ""));
    }
  }

  @Test
  void wordsThatTrainingNeverSawAreKnownByTheirCharacters() throws IOException {
    Run run = train("tokens: characters, min_n: 3, max_n: 5, hash_buckets: 10000, pooling: sum");
    assertThat(run.metric("test", "again", "auc")).isGreaterThan(0.95);
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(again(model, "wild sequel of the night"))
          .isGreaterThan(again(model, "wild horses of the night") + 0.5f);
    }
  }
}
