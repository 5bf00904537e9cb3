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
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/**
 * A click log in which people look at the first place three times as often as at the second, and
 * the better of two items stood second mostly: a model that knows the place of training rows tells
 * the items apart, and serves without it.
 */
class PositionBiasTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 8_000;

  private final ExperimentService service = MtlServices.standard();

  @TempDir Path folder;

  private String yaml(String features) {
    return """
        name: places
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
        features:
          item: {type: categorical, dim: 4}
        %s
        tasks:
          click: {type: binary, label: click}
        model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
        training:
          epochs: 6
          batch_size: 128
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        """
        .formatted(folder.resolve("log.csv"), features.indent(2).stripTrailing());
  }

  private Run train(String features, String run) {
    return service.train(
        service.read(ConfigFile.parse(yaml(features), "places.yaml")),
        TrainOptions.into(folder.resolve(run)).withoutLint(),
        ExperimentListener.SILENT);
  }

  /**
   * Of those who look, .5 click on the item "good" and .3 on "plain"; one in three looks second.
   */
  private void log() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>(List.of("item,place,click,part"));
    for (int row = 0; row < ROWS; row++) {
      boolean good = random.nextBoolean();
      boolean first = random.nextInt(10) < (good ? 1 : 9);
      double look = first ? 1 : 1.0 / 3;
      int click = random.nextDouble() < look * (good ? 0.5 : 0.3) ? 1 : 0;
      String part = row % 5 < 3 ? "train" : row % 5 == 3 ? "validation" : "test";
      lines.add("%s,%d,%d,%s".formatted(good ? "good" : "plain", first ? 1 : 2, click, part));
    }
    Files.write(folder.resolve("log.csv"), lines);
  }

  private static float click(MtlModel model, Map<String, ?> row) {
    return model.predict(List.of(row)).get(0).get("click")[0];
  }

  @Test
  void placeOfTrainingRowsIsServedAsTheFirst() throws IOException {
    log();
    Run biased = train("", "biased");
    Run run = train("place: {type: categorical, dim: 2, serve_as: \"1\"}", "run");
    ModelManifest manifest = ManifestFile.read(run.export());
    assertThat(manifest.inputs()).extracting(ModelManifest.Input::name).containsExactly("item");
    assertThat(manifest.served()).containsExactly(new ModelManifest.Served("place", "place", "1"));
    try (MtlModel without = biased.model();
        MtlModel model = run.model()) {
      float good = click(model, Map.of("item", "good"));
      assertThat(good).isCloseTo(0.5f, within(0.12f));
      assertThat(good).isGreaterThan(click(model, Map.of("item", "plain")));
      assertThat(click(model, Map.of("item", "good", "place", "2"))).isEqualTo(good);
      assertThat(click(without, Map.of("item", "good")))
          .isLessThan(click(without, Map.of("item", "plain")));
    }
  }

  /** So that training reports what the export will give: the log's places do not count there. */
  @Test
  void splitsAreMeasuredAsTheyAreServed() throws IOException {
    log();
    Run run = train("place: {type: categorical, dim: 2, serve_as: \"1\"}", "run");
    List<String> lines = Files.readAllLines(folder.resolve("log.csv"));
    List<String> test = new ArrayList<>(List.of("item,click,part"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells[3].equals("test")) {
        test.add(cells[0] + "," + cells[2] + "," + cells[3]);
      }
    }
    Path file = Files.write(folder.resolve("test.csv"), test);
    Evaluation.Result result = new Evaluation(service).evaluate(run, List.of(file.toString()));
    for (String metric : List.of("auc", "log_loss")) {
      assertThat(result.report().get("click/" + metric).orElseThrow())
          .as(metric)
          .isCloseTo(run.metric("test", "click", metric), within(1e-6));
    }
  }

  /** A run that reads nothing but what the one before kept. */
  @Test
  void valueIsKeptWithTheRowsBetweenRuns() throws IOException {
    log();
    String yaml =
        yaml("place: {type: categorical, dim: 2, serve_as: \"1\"}\n"
                + "both: {type: cross, features: [item, place], dim: 2}")
            .replace("  split:", "  cache: {dir: %s}\n  split:".formatted(folder.resolve("cache")));
    List<ModelManifest> manifests = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    for (String run : List.of("first", "second")) {
      int[] read = {0};
      ExperimentListener counter =
          new ExperimentListener() {
            @Override
            public void onRows(Reading reading) {
              read[0]++;
            }
          };
      Run done =
          service.train(
              service.read(ConfigFile.parse(yaml, "places.yaml")),
              TrainOptions.into(folder.resolve(run)).withoutLint(),
              counter);
      manifests.add(ManifestFile.read(done.export()));
      blocks.add(read[0]);
    }
    assertThat(blocks.get(0)).isPositive();
    assertThat(blocks.get(1)).isZero();
    assertThat(manifests.get(1).served()).isEqualTo(manifests.get(0).served()).hasSize(1);
    assertThat(manifests.get(1).inputs()).hasSize(1);
  }

  @Test
  void valueThatNoTrainingRowHasStopsTheRun() throws IOException {
    log();
    MtlException refused =
        catchThrowableOfType(
            MtlException.class,
            () -> train("place: {type: categorical, dim: 2, serve_as: \"0\"}", "run"));
    assertThat(refused.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(refused)
        .hasMessageContaining("features.place.serve_as")
        .hasMessageContaining("\"0\"");
  }

  private List<Problem> problems(String yaml) {
    return catchThrowableOfType(
            MtlException.class, () -> service.read(ConfigFile.parse(yaml, "places.yaml")))
        .problems();
  }

  @Test
  void whatCannotBeServedIsRefusedBeforeAnyData() {
    assertThat(problems(yaml("place: {type: numeric, serve_as: first}")))
        .extracting(Problem::what)
        .containsExactly("Expected a number, or \"\" for a missing one, found \"first\".");
    assertThat(
            problems(
                yaml(
                    "place: {type: numeric, serve_as: 1}\n"
                        + "slot: {type: categorical, column: place}")))
        .extracting(Problem::what)
        .containsExactly(
            "Expected serve_as: \"1\", as features.place has it for the same column \"place\".");
    assertThat(problems(yaml("").replace("dim: 4", "serve_as: good")))
        .extracting(Problem::what)
        .containsExactly(
            "Expected a feature that is known when the model serves, found serve_as for all of"
                + " them.");
    assertThat(problems(yaml("at: {type: datetime, serve_as: noon}")))
        .extracting(Problem::what)
        .containsExactly(
            "Expected seconds since 1970, ISO 8601 such as 2024-03-31T18:30, or \"\" for a missing"
                + " one, found \"noon\".");
  }

  /** A request has no place, so neither what is computed from it. */
  @Test
  void whatIsComputedFromAServedColumnIsServedToo() {
    String place = "place: {type: categorical, serve_as: 1}\ndeep: {type: numeric";
    String derived = "data:\n  columns: {deep: \"place > 1\", good: \"item == 'good'\"}";
    assertThat(problems(yaml(place + "}\ngood: {type: numeric}").replace("data:", derived)))
        .extracting(Problem::toString)
        .containsExactly(
            "features.deep (places.yaml:10:3): Expected serve_as, as its column \"deep\" is"
                + " computed from \"place\", for which features.place has it; found none. Say what"
                + " this one is served with, too.");
    String both = yaml(place + ", serve_as: 0}").replace("data:", derived);
    assertThat(service.read(ConfigFile.parse(both, "places.yaml")).served())
        .containsEntry("deep", "0");
  }

  /** Its value is that of its features. */
  @Test
  void crossIsNoFeatureToServe() {
    String place = "place: {type: categorical, serve_as: 1}\n";
    String both = "both: {type: cross, features: [item, place]";
    assertThat(problems(yaml(place + both + ", serve_as: 1}")))
        .extracting(Problem::what)
        .containsExactly("There is no key \"serve_as\" here.");
    assertThat(problems(yaml(place + both + "}").replace("dim: 4", "serve_as: good")))
        .extracting(Problem::what)
        .containsExactly(
            "Expected a feature that is known when the model serves, found serve_as for all of"
                + " them.");
  }
}
