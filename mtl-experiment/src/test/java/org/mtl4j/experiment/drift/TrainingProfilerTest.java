package org.mtl4j.experiment.drift;

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
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.manifest.TrainingProfile.Bins;
import org.mtl4j.core.manifest.TrainingProfile.Range;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.LearntData;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.TestSeed;

/** What is said of raw values is compared with a count of the raw values themselves. */
class TrainingProfilerTest {
  private static final int ROWS = 2000;

  private static final String YAML =
      """
      name: profiled
      data:
        source: {type: csv, path: '%s', missing: ["?"]}
        split: {by: order}
        cache: {enabled: false}
      features:
        plain: {type: numeric, column: x, transform: none, indicator: true}
        standard: {type: numeric, column: x, indicator: true}
        minmax: {type: numeric, column: x, transform: minmax, indicator: true}
        log: {type: numeric, column: x, transform: log1p, indicator: true}
        buckets: {type: numeric, column: x, transform: quantile, buckets: 5, dim: 2}
        pieces: {type: numeric, column: x, transform: piecewise_linear, bins: 7, indicator: true}
        flag: {type: numeric, indicator: true}
        country: {type: categorical, dim: 2, min_count: 3}
        hashed: {type: categorical, dim: 2, hash_buckets: 10, column: country}
        place: {type: categorical, dim: 2, serve_as: "1"}
        tags: {type: multi_categorical, dim: 2}
        ts: {type: datetime, parts: [hour], dim: 2}
      tasks:
        click: {type: binary, label: click}
      model: {type: shared_bottom, bottom_layers: [4], tower_layers: [4]}
      """;

  @TempDir private Path folder;

  private final List<Float> xs = new ArrayList<>();

  private TrainingProfile profile() throws IOException {
    Random random = TestSeed.random();
    List<String> lines = new ArrayList<>(List.of("ts,x,flag,country,tags,click,place"));
    for (int i = 0; i < ROWS; i++) {
      float x = (float) (100 * Math.exp(random.nextGaussian()) - 150);
      xs.add(i % 7 == 0 ? Float.NaN : x);
      String country = i == 5 ? "rare" : i % 10 == 0 ? "?" : i % 10 < 7 ? "de" : "fr";
      lines.add(
          "%d,%s,%d,%s,%s,%d,1"
              .formatted(
                  i,
                  i % 7 == 0 ? "" : Float.toString(x),
                  i % 50 == 0 ? 1 : 0,
                  country,
                  i % 4 == 0 ? "" : "a|b",
                  i % 4 == 0 ? 1 : 0));
    }
    Path file = Files.write(folder.resolve("rows.csv"), lines);
    ExperimentService service = MtlServices.standard();
    ExperimentPlan plan = service.read(ConfigFile.parse(YAML.formatted(file), "test.yaml"));
    SplitDataset dataset = service.datasets().splits(plan);
    LearntData learnt = LearntData.of(plan, dataset, rows -> {});
    List<RawBatch> blocks = new ArrayList<>();
    dataset.forEach(Split.TRAIN, ROWS, blocks::add);
    EncodedFeatures encoded = learnt.pipeline().encode(blocks.get(0));
    EncodedRows rows =
        new EncodedRows(
            ROWS,
            encoded.ids(),
            encoded.dense(),
            new LabelEncoder(learnt.tasks(), dataset.columns()).encode(blocks.get(0)),
            Optional.empty());
    TrainingProfiler profiler = new TrainingProfiler(learnt.pipeline());
    return profiler.of(
        RowProfiler.of(rows, learnt.pipeline(), learnt.tasks()), profiler.ranges(rows), Map.of());
  }

  @Test
  void binsAndRangesOfNumbersAreThoseOfTheRawOnesWhateverTheTransform() throws IOException {
    TrainingProfile profile = profile();
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float x : xs) {
      least = Float.isNaN(x) ? least : Math.min(least, x);
      greatest = Float.isNaN(x) ? greatest : Math.max(greatest, x);
    }
    for (String name : List.of("plain", "standard", "minmax", "log", "pieces", "buckets")) {
      TrainingProfile.Input input = profile.inputs().get(name);
      List<Double> counts = new ArrayList<>();
      for (int bin = 0; bin < input.bins().counts().size(); bin++) {
        counts.add(0.0);
      }
      for (float x : xs) {
        int bin = 0;
        if (!Float.isNaN(x)) {
          bin = 1 + (int) input.bins().edges().stream().filter(edge -> edge <= x).count();
        }
        counts.set(bin, counts.get(bin) + 1);
      }
      assertThat(input.bins().counts()).as(name).isEqualTo(counts);
      assertThat(input.bins().edges()).as(name).hasSizeBetween(4, 9);
      assertThat(input.texts()).as(name).isEmpty();
      if (name.equals("buckets")) {
        assertThat(input.range()).isEmpty(); // The outer buckets have no end.
      } else {
        Range range = input.range().orElseThrow();
        // Two raw numbers may be one to the model: those of the range that it cannot tell apart.
        assertThat(range.min()).as(name).isBetween(least - 1e-3f, least);
        assertThat(range.max()).as(name).isBetween(greatest, greatest + 1e-2f);
      }
    }
    assertThat(profile.inputs().get("plain").range()).contains(new Range(least, greatest));
    Bins flag = profile.inputs().get("flag").bins();
    assertThat(flag.counts()).containsExactly(0.0, 0.0, 1960.0, 40.0);
    assertThat(flag.edges().get(0)).isBetween(-1e-8, 0.0); // To the model that is 0 as well.
    assertThat(flag.edges().get(1)).isBetween(Double.MIN_VALUE, 1e-8);
  }

  @Test
  void textsAreMissingUnknownFrequentOrOthers() throws IOException {
    TrainingProfile profile = profile();
    TrainingProfile.Input country = profile.inputs().get("country");
    assertThat(country.bins())
        .isEqualTo(
            new Bins(List.of("de", "fr"), List.of(), List.of(200.0, 1.0, 1199.0, 600.0, 0.0)));
    assertThat(country.texts())
        .contains(
            new TrainingProfile.Texts(
                Optional.of(new TrainingProfile.Vocabulary("vocabulary_country.txt", false)),
                List.of("?")));
    TrainingProfile.Input hashed = profile.inputs().get("hashed");
    assertThat(hashed.bins())
        .isEqualTo(new Bins(List.of(), List.of(), List.of(200.0, 0.0, 1800.0)));
    assertThat(hashed.texts()).contains(new TrainingProfile.Texts(Optional.empty(), List.of("?")));
    assertThat(profile.inputs().get("tags"))
        .isEqualTo(
            new TrainingProfile.Input(
                new Bins(List.of(), List.of(), List.of(500.0, 1500.0)),
                Optional.empty(),
                Optional.empty()));
    // A constant has no input, and every day is another one.
    assertThat(profile.inputs()).doesNotContainKeys("place", "ts");
  }

  @Test
  void predictionsAreSpreadOverDecilesOrTheirLargestColumn() {
    float[] clicks = new float[100];
    for (int i = 0; i < clicks.length; i++) {
      clicks[i] = i / 100f;
    }
    float[] classes = new float[300];
    for (int row = 0; row < 100; row++) {
      classes[3 * row + (row < 70 ? 2 : 0)] = 0.9f;
    }
    Map<String, Bins> bins =
        TrainingProfiler.outputs(new Predictions(100, Map.of("click", clicks, "genre", classes)));
    assertThat(bins.get("click").counts())
        .containsExactly(0.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0);
    assertThat(bins.get("click").edges().get(0)).isEqualTo((double) 0.1f);
    assertThat(bins.get("genre"))
        .isEqualTo(new Bins(List.of(), List.of(), List.of(0.0, 30.0, 0.0, 70.0)));
  }

  @Test
  void rangesOfRowsThatCameLaterAreWidened() {
    TrainingProfile before =
        new TrainingProfile(
            Map.of(
                "age",
                new TrainingProfile.Input(
                    new Bins(List.of(), List.of(), List.of(0.0, 1.0)),
                    Optional.of(new Range(10, 20)),
                    Optional.empty())),
            Map.of());
    assertThat(
            TrainingProfiler.together(
                Map.of("age", new Range(15, 30), "price", new Range(1, 2)), Optional.of(before)))
        .isEqualTo(Map.of("age", new Range(10, 30), "price", new Range(1, 2)));
  }
}
