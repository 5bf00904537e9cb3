package org.mtl4j.experiment.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.LearntData;
import org.mtl4j.experiment.wiring.MtlServices;

/** A column of each kind, with values that can be counted by hand. */
class RowProfilerTest {
  private static final int ROWS = 1000;

  private static final String YAML =
      """
      name: profiled
      data:
        source: {type: csv, path: '%s'}
        split: {by: order}
        cache: {enabled: false}
      features:
        tags: {type: multi_categorical, dim: 2}
        ts: {type: datetime, parts: [hour], dim: 2}
        age: {type: numeric, indicator: true}
        country: {type: categorical, dim: 2}
        size: {type: numeric}
        hashed: {type: categorical, dim: 2, hash_buckets: 10, column: country}
      tasks:
        click: {type: binary, label: click}
      model: {type: shared_bottom, bottom_layers: [4], tower_layers: [4]}
      """;

  @TempDir private Path folder;

  private RowProfile profile;
  private LearntData learnt;

  @BeforeEach
  void profile() throws IOException {
    List<String> lines = new ArrayList<>(List.of("ts,country,age,size,tags,click"));
    for (int i = 0; i < ROWS; i++) {
      String country = i % 10 == 0 ? "" : i % 10 < 7 ? "de" : "fr";
      String age = i % 5 == 0 ? "" : Integer.toString(i);
      String size = i % 4 == 0 ? "" : Integer.toString(i);
      String tags = i % 2 == 0 ? "" : "a|b";
      lines.add("%d,%s,%s,%s,%s,%d".formatted(i, country, age, size, tags, i % 4 == 0 ? 1 : 0));
    }
    Path file = Files.write(folder.resolve("rows.csv"), lines);
    ExperimentService service = MtlServices.standard();
    ExperimentPlan plan = service.read(ConfigFile.parse(YAML.formatted(file), "test.yaml"));
    SplitDataset dataset = service.datasets().splits(plan);
    learnt = LearntData.of(plan, dataset, rows -> {});
    List<RawBatch> blocks = new ArrayList<>();
    dataset.forEach(Split.TRAIN, ROWS, blocks::add);
    RawBatch block = blocks.get(0);
    EncodedFeatures encoded = learnt.pipeline().encode(block);
    EncodedRows rows =
        new EncodedRows(
            ROWS,
            encoded.ids(),
            encoded.dense(),
            new LabelEncoder(learnt.tasks(), dataset.columns()).encode(block),
            Optional.empty());
    profile = RowProfiler.of(rows, learnt.pipeline(), learnt.tasks());
  }

  @Test
  void valuesAreCountedByTheirBins() {
    FeatureProfile country = profile.features().get("country");
    assertThat(country.tokens()).containsExactly("de", "fr");
    assertThat(country.counts()).containsExactly(100.0, 600.0, 300.0, 0.0);
    assertThat(profile.features().get("hashed").counts()).containsExactly(100.0, 900.0);
    assertThat(profile.features().get("tags").counts()).containsExactly(500.0, 500.0);
    assertThat(profile.features()).doesNotContainKey("ts");
    assertThat(profile.rows()).isEqualTo(ROWS);
  }

  /** Deciles of what is there, be it said by an indicator or by what stands in its place. */
  @Test
  void numbersAreCountedByDeciles() {
    for (String name : List.of("age", "size")) {
      List<Double> counts = profile.features().get(name).counts();
      int missing = name.equals("age") ? ROWS / 5 : ROWS / 4;
      assertThat(counts).as(name).hasSize(11);
      assertThat(counts.get(0)).as(name).isEqualTo(missing);
      IntStream.range(1, 11)
          .forEach(
              bin -> assertThat(counts.get(bin)).isCloseTo((ROWS - missing) / 10.0, within(1.0)));
    }
  }

  @Test
  void labelsHaveTheirRate() {
    LabelProfile click = profile.labels().get("click");
    assertThat(click.rows()).isEqualTo(ROWS);
    assertThat(click.mean()).isEqualTo(0.25);
    assertThat(click.deviation()).isCloseTo(Math.sqrt(0.1875), within(1e-12));
  }

  @Test
  void whatIsNotKnownIsCountedWithTheOthers() {
    RowProfiler later = RowProfiler.like(profile, learnt.pipeline(), learnt.tasks());
    EncodedFeatures none = learnt.pipeline().encode(learnt.replay());
    List<int[]> ids = new ArrayList<>(none.ids());
    ids.replaceAll(column -> IntStream.generate(() -> 1).limit(column.length).toArray());
    later.add(ids, none.dense(), Map.of(), none.rowCount());
    FeatureProfile country = later.profile().features().get("country");
    assertThat(country.counts()).containsExactly(0.0, 0.0, 0.0, (double) none.rowCount());
    assertThat(country.unknownShare()).isEqualTo(1);
  }
}
