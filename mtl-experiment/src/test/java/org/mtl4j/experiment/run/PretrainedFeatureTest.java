package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;

/**
 * A label that only the vector of an item's image tells: learnt, exported and predicted from it.
 */
class PretrainedFeatureTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 4_000;
  private static final int LOGGED = 200;
  private static final int ITEMS = 300;

  @TempDir private Path folder;

  private final List<String> notes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<float[]> vectors = new ArrayList<>();
  private Path images;
  private Path log;

  /** Items from {@link #LOGGED} on are in no row; one row in a hundred is of an item without. */
  @BeforeEach
  void write() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>();
    for (int item = 0; item < ITEMS; item++) {
      float[] vector = {random.nextFloat() - .5f, random.nextFloat() - .5f, random.nextFloat()};
      vectors.add(vector);
      lines.add("i%d %s %s %s".formatted(item, vector[0], vector[1], vector[2]));
    }
    images = Files.write(folder.resolve("images.txt"), lines);
    List<String> rows = new ArrayList<>(List.of("item,likes"));
    for (int row = 0; row < ROWS; row++) {
      int item = random.nextInt(LOGGED);
      boolean none = row % 100 == 0;
      rows.add((none ? "none" : "i" + item) + "," + (!none && taste(item) > 0 ? 1 : 0));
    }
    log = Files.write(folder.resolve("log.csv"), rows);
  }

  private double taste(int item) {
    return vectors.get(item)[0] + vectors.get(item)[1];
  }

  private ConfigFile experiment() {
    return ConfigFile.parse(
        """
        name: images
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: random, validation: 0.1, test: 0.3}
          cache: {enabled: false}
        features:
          image: {type: pretrained, column: item, group: item, path: %s}
        tasks:
          likes: {type: binary, label: likes}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
        training:
          epochs: 12
          batch_size: 128
          threads: 1
          optimizer: {type: adam, learning_rate: 0.02}
        """
            .formatted(log, images),
        "images.yaml");
  }

  private final class Notes implements ExperimentListener {
    @Override
    public void onData(Map<String, Integer> rows, List<String> odd) {
      warnings.addAll(odd);
    }

    @Override
    public void onNote(String note) {
      notes.add(note);
    }
  }

  private Run train(ConfigFile file, String name) {
    notes.clear();
    return Experiment.of(file)
        .train(TrainOptions.into(folder.resolve(name)).withoutLint(), new Notes());
  }

  private static float likes(MtlModel model, String item) {
    return model.predict(List.of(Map.of("item", item))).get(0).get("likes")[0];
  }

  @Test
  void labelIsLearntFromVectorsAndServedForItemsThatNoRowHad() throws IOException {
    Run run = train(experiment(), "run");
    assertThat(run.metric("test", "likes", "auc")).isGreaterThan(0.99);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .matches(
            "features\\.image: \\d+ of 2,\\d+ training rows, [01]\\.\\d %, have a \"item\" that is"
                + " not in .*images\\.txt; their vector is zeros\\.");
    assertThat(ManifestFile.read(run.export()).inputs())
        .containsExactly(
            new ModelManifest.Input(
                "image",
                "item",
                ModelManifest.Kind.CATEGORICAL,
                Optional.of("item"),
                Optional.empty()));
    Files.delete(images);
    try (MtlModel model = MtlModel.load(run.export())) {
      for (int item = LOGGED; item < ITEMS; item++) {
        if (Math.abs(taste(item)) > 0.25) {
          assertThat(likes(model, "i" + item) > 0.5f)
              .as("item %d", item)
              .isEqualTo(taste(item) > 0);
        }
      }
      assertThat(likes(model, "nobody")).isEqualTo(likes(model, ""));
    }
  }

  @Test
  void tunedVectorsStandBesideFrozenOnesAndOtherTables() throws IOException {
    Files.writeString(images, Files.readString(images).replace(' ', ','));
    ConfigFile file =
        experiment()
            .withOverride("features.image.trainable", "true")
            .withOverride(
                "features.again", "{type: pretrained, column: item, path: " + images + "}")
            .withOverride("features.item", "{type: categorical, dim: 3}");
    Run run = train(file, "run");
    assertThat(run.metric("test", "likes", "auc")).isGreaterThan(0.99);
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(likes(model, "i3")).isBetween(0f, 1f);
    }
  }

  @Test
  void aRunDoesNotGoOnWithOtherVectors() throws IOException {
    ConfigFile file = experiment().withOverride("training.epochs", "1");
    train(file, "run");
    ConfigFile longer = file.withOverride("training.epochs", "2");
    TrainOptions resumed = new TrainOptions(folder.resolve("run"), true).withoutLint();
    assertThat(Experiment.of(longer).train(resumed, ExperimentListener.SILENT).status())
        .isEqualTo(Run.Status.FINISHED);
    Files.writeString(images, Files.readString(images).replaceFirst("i7 \\S+", "i7 0.25"));
    ConfigFile longest = file.withOverride("training.epochs", "3");
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () -> Experiment.of(longest).train(resumed, ExperimentListener.SILENT));
    assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
  }

  @Test
  void keptRowsAreOfTheVectorsThatTheyWereEncodedBy() throws IOException {
    ConfigFile file =
        experiment()
            .withOverride("training.epochs", "1")
            .withOverride("data.cache", "{dir: " + folder.resolve("cache") + "}");
    String first = Files.readString(train(file, "first").files().metrics());
    assertThat(notes).isEmpty();
    assertThat(Files.readString(train(file, "again").files().metrics())).isEqualTo(first);
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0)).startsWith("encoded rows come from the cache, entry ");
    Files.writeString(images, "none 1 2 3\n" + Files.readString(images));
    assertThat(Files.readString(train(file, "other").files().metrics())).isNotEqualTo(first);
    assertThat(notes).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNamedByItsKey() {
    ConfigFile file = experiment().withOverride("features.image.path", "nowhere.txt");
    Problem problem =
        catchThrowableOfType(MtlException.class, () -> train(file, "run")).problems().get(0);
    assertThat(problem.code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(problem.where()).isEqualTo("features.image.path (--set features.image.path)");
    ConfigFile blank = experiment().withOverride("features.image.path", "' '");
    assertThat(catchThrowableOfType(MtlException.class, () -> Experiment.of(blank)))
        .hasMessageContaining("Expected a file, found none");
  }
}
