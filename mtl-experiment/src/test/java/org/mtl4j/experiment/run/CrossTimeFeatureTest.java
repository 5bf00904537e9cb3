package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.SmallExport;

/**
 * A label that a combination of two categories tells, or the weekday of a time, and no one else.
 */
class CrossTimeFeatureTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 4_000;

  @TempDir Path folder;

  private ConfigFile experiment(Path data, String features) {
    return ConfigFile.parse(
        """
        name: crosses
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: random, validation: 0.1, test: 0.3}
        tasks:
          bought: {type: binary, label: bought}
        model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
        training:
          epochs: 10
          batch_size: 64
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        features:
        %s"""
            .formatted(data, features.indent(2)),
        "crosses.yaml");
  }

  private Run train(Path data, String features) {
    TrainOptions options = TrainOptions.into(folder.resolve("run")).withoutLint();
    return Experiment.of(experiment(data, features)).train(options, ExperimentListener.SILENT);
  }

  private static float bought(MtlModel model, Map<String, ?> row) {
    return model.predict(List.of(row)).get(0).get("bought")[0];
  }

  /** One buys where country and device have the same number. */
  private Path pairs() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines = new ArrayList<>(List.of("country,device,bought"));
    for (int row = 0; row < ROWS; row++) {
      int country = random.nextInt(4);
      int device = random.nextInt(4);
      lines.add("c%d,d%d,%d".formatted(country, device, country == device ? 1 : 0));
    }
    return Files.write(folder.resolve("pairs.csv"), lines);
  }

  @Test
  void crossIsServedFromTheTextsOfItsFeatures() throws IOException {
    Run run =
        train(
            pairs(),
            """
            country: {type: categorical, dim: 1}
            device: {type: categorical, dim: 1}
            both: {type: cross, features: [country, device], dim: 4}
            """);
    assertThat(run.metric("test", "bought", "auc")).isGreaterThan(0.999);
    assertThat(ManifestFile.read(run.export()).inputs())
        .extracting(ModelManifest.Input::name)
        .containsExactly("country", "device");
    assertThat(SmallExport.variables(run.export())).contains("embedding/both");
    try (MtlModel model = MtlModel.load(run.export())) {
      assertThat(bought(model, Map.of("country", "c2", "device", "d2"))).isGreaterThan(0.5f);
      assertThat(bought(model, Map.of("country", "c2", "device", "d1"))).isLessThan(0.5f);
    }
  }

  /** One buys on weekends, by a clock five hours behind UTC. */
  private Path times() throws IOException {
    Random random = new Random(DATA_SEED);
    LocalDateTime first = LocalDateTime.of(2024, 1, 1, 0, 0);
    List<String> lines = new ArrayList<>(List.of("at,bought"));
    for (int row = 0; row < ROWS; row++) {
      LocalDateTime time = first.plusMinutes(random.nextInt(525_600));
      boolean weekend = time.getDayOfWeek().getValue() > 5;
      lines.add(time.toEpochSecond(ZoneOffset.ofHours(-5)) + "," + (weekend ? 1 : 0));
    }
    return Files.write(folder.resolve("times.csv"), lines);
  }

  @Test
  void timeIsServedAsANumberOrAText() throws IOException {
    Run run = train(times(), "at: {type: datetime, zone: \"-05:00\", parts: [weekday], dim: 4}\n");
    assertThat(run.metric("test", "bought", "auc")).isGreaterThan(0.999);
    assertThat(ManifestFile.read(run.export()).inputs())
        .containsExactly(
            new ModelManifest.Input(
                "at",
                "at",
                ModelManifest.Kind.TIME,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ModelManifest.Time(TimeRule.Unit.SECONDS, "-05:00"))));
    assertThat(SmallExport.variables(run.export())).contains("embedding/at/weekday");
    try (MtlModel model = MtlModel.load(run.export())) {
      // Sunday, 31 March 2024 until 5 o'clock of Monday in UTC.
      assertThat(bought(model, Map.of("at", 1_711_947_599))).isGreaterThan(0.9f);
      assertThat(bought(model, Map.of("at", 1_711_947_600))).isLessThan(0.1f);
      assertThat(bought(model, Map.of("at", "2024-03-31T23:59:59"))).isGreaterThan(0.9f);
      assertThat(bought(model, Map.of("at", "2024-04-01T04:59:59Z"))).isGreaterThan(0.9f);
      assertThat(bought(model, Map.of("at", "2024-04-01T05:00:00Z"))).isLessThan(0.1f);
    }
  }

  @Test
  void cyclicTimeTrainsAndServes() throws IOException {
    Run run =
        train(
            times(),
            "at: {type: datetime, zone: \"-05:00\", parts: [weekday, hour], encoding: cyclic}\n");
    assertThat(run.metric("test", "bought", "auc")).isGreaterThan(0.99);
  }

  private List<String> problems(String features) {
    ConfigFile file = experiment(folder.resolve("none.csv"), features);
    MtlException error = catchThrowableOfType(MtlException.class, () -> Experiment.of(file));
    return error.problems().stream()
        .map(p -> p.where().replaceAll(" \\(.*", "") + ": " + p.what() + " " + p.remedy())
        .toList();
  }

  @Test
  void crossOfWhatIsNoCategoricalFeatureIsRefused() {
    assertThat(
            problems(
                """
                country: {type: categorical}
                age: {type: numeric}
                both: {type: cross, features: [contry, age]}
                one: {type: cross, features: [country]}
                """))
        .containsExactly(
            "features.one.features: Expected two different names at least, found [country]. ");
    assertThat(
            problems(
                """
                country: {type: categorical}
                age: {type: numeric}
                both: {type: cross, features: [contry, age]}
                """))
        .containsExactly(
            "features.both.features: Expected names of categorical features, found \"contry\", and"
                + " there is no such feature. Did you mean \"country\"?",
            "features.both.features: Expected names of categorical features, found \"age\", which is"
                + " of another type. Known: country.");
  }

  @Test
  void timesThatFitNoClockAreRefused() {
    assertThat(problems("at: {type: datetime, zone: Berlin}\n"))
        .containsExactly(
            "features.at.zone: Expected UTC, a region such as Europe/Berlin or an offset such as"
                + " +02:00, found \"Berlin\". ");
    assertThat(problems("at: {type: datetime, parts: [hour, hour]}\n"))
        .containsExactly(
            "features.at.parts: Expected one at least and none twice, found [HOUR, HOUR]. ");
    assertThat(problems("at: {type: datetime, encoding: cyclic, dim: 3}\n"))
        .containsExactly(
            "features.at.dim: Expected none with cyclic, two numbers a part, found 3. ");
  }
}
