package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.TestSeed;

/** What a run keeps of what it learnt from its rows. */
class RunTransformsTest {
  private static final String YAML =
      """
      name: kept
      data:
        source: {type: csv, path: %s}
        cache: {enabled: false}
        split: {by: random, validation: 0.2}
      features:
        user: {type: categorical, dim: 4}
        place: {type: numeric, serve_as: 1}
        price: {type: numeric, transform: quantile}
        tags: {type: multi_categorical, dim: 3}
      tasks:
        click: {type: binary, label: click}
        mood: {type: multiclass, label: mood}
      model: {type: shared_bottom, bottom_layers: [4], tower_layers: [4]}
      training: {epochs: 1, batch_size: 64, threads: 1}
      """;

  @TempDir private Path temporary;

  private final ExperimentService service = MtlServices.standard();
  private ExperimentPlan plan;

  @BeforeEach
  void writeData() throws IOException {
    Random random = TestSeed.random();
    List<String> lines = new ArrayList<>(List.of("user,place,price,tags,click,mood"));
    for (int row = 0; row < 200; row++) {
      lines.add(
          "u%d,%d,%s,a|b%d,%d,%s"
              .formatted(
                  random.nextInt(20),
                  random.nextInt(3),
                  10 * random.nextFloat(),
                  random.nextInt(3),
                  row % 2,
                  row % 3 == 0 ? "glad" : "sad"));
    }
    Path data = Files.write(temporary.resolve("log.csv"), lines);
    plan = service.read(ConfigFile.parse(YAML.formatted(data), "kept.yaml"));
  }

  private RunFiles train(String name) {
    TrainOptions options = TrainOptions.into(temporary.resolve(name));
    return service.train(plan, options, ExperimentListener.SILENT).files();
  }

  @Test
  void aRunKeepsWhatItLearntAndEqualRunsKeepTheSameBytes() throws IOException {
    RunFiles first = train("a");
    RunTransforms kept = RunTransforms.read(first);
    LearntData learnt = LearntData.of(plan, service.datasets().splits(plan), rows -> {});
    assertThat(kept.pipeline().features()).isEqualTo(learnt.pipeline().features());
    assertThat(kept.pipeline().served()).isEqualTo(learnt.pipeline().served());
    assertThat(kept.tasks()).isEqualTo(learnt.tasks());
    assertThat(Files.readAllBytes(train("b").transforms()))
        .isEqualTo(Files.readAllBytes(first.transforms()));
    assertThat(RunTransforms.sha256(first)).hasSize(64);
  }

  @Test
  void aFileThatIsMissingOrDamagedIsAProblemWithAWayOut() throws IOException {
    RunFiles files = train("a");
    byte[] bytes = Files.readAllBytes(files.transforms());
    bytes[bytes.length / 2] ^= 1;
    Files.write(files.transforms(), bytes);
    assertThatThrownBy(() -> RunTransforms.read(files))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining("transforms.bin has other bytes than were written");
    TrainOptions resume = new TrainOptions(files.folder(), true);
    service.train(plan, resume, ExperimentListener.SILENT);
    assertThat(RunTransforms.read(files).tasks()).hasSize(2);
    Files.delete(files.transforms());
    assertThatThrownBy(() -> RunTransforms.read(files))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING))
        .hasMessageContaining("--resume");
  }
}
