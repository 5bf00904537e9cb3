package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.experiment.Experiment;

/** What a run leaves in its folder, and when it may go on in one that is not empty. */
class RunFolderTest {
  private static final String YAML =
      """
      name: tiny
      seed: 3
      data:
        source: {type: simulated, users: 50, items: 30, impressions: 1500}
        split: {by: random, validation: 0.2, test: 0.2}
      features:
        user_id: {type: categorical, dim: 4}
        price: {type: numeric, transform: log1p}
      tasks:
        click: {type: binary, label: click}
      model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
      training: {epochs: 2, batch_size: 256, threads: 1}
      """;

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void choose() {
    folder = temporary.resolve("run");
  }

  private Run train(boolean resume, Map<String, String> overrides, ExperimentListener listener) {
    ConfigFile file = ConfigFile.parse(YAML, "tiny.yaml");
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      file = file.withOverride(entry.getKey(), entry.getValue());
    }
    return Experiment.of(file).train(new TrainOptions(folder, resume), listener);
  }

  private Run train(boolean resume) {
    return train(resume, Map.of(), ExperimentListener.SILENT);
  }

  private MtlException refused(boolean resume, Map<String, String> overrides) {
    return catchThrowableOfType(
        MtlException.class, () -> train(resume, overrides, ExperimentListener.SILENT));
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        content.put(folder.relativize(file).toString(), bytes);
      }
    }
    return content;
  }

  @Test
  void finishedRunLeavesTheFilesOfTheContract() throws IOException {
    Run run = train(false);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(Run.open(folder)).isEqualTo(run);
    assertThat(content())
        .containsKeys(
            "experiment.yaml",
            "provenance.json",
            "history.jsonl",
            "metrics.json",
            "report.html",
            "export/1/saved_model.pb",
            "export/1/mtl4j.json");
    assertThat(content().keySet()).noneMatch(name -> name.contains(".unfinished"));
    assertThat(run.files().readLines(run.files().history())).hasSize(2);
    assertThat(run.metric("test", "click", "auc")).isBetween(0.0, 1.0);
    assertThat(run.metric("validation", "click", "auc")).isBetween(0.0, 1.0);
  }

  @Test
  void equalRunsWriteEqualCheckpointsAndMetrics() throws IOException {
    train(false);
    Map<String, String> first = content();
    folder = temporary.resolve("again");
    train(false);
    Map<String, String> second = content();
    for (Map<String, String> files : List.of(first, second)) {
      files.keySet().removeIf(name -> !name.matches("checkpoints/.*|metrics.json|history.jsonl"));
    }
    assertThat(second).isEqualTo(first).hasSize(6);
  }

  @Test
  void folderThatIsNotEmptyIsRefusedAndLeftAsItWas() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    MtlException failure = refused(false, Map.of());
    assertThat(failure.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER);
    assertThat(failure).hasMessageContaining(folder.toString()).hasMessageContaining("--resume");
    assertThat(content()).isEqualTo(Map.of("notes.txt", "mine"));
  }

  @Test
  void anotherExperimentDoesNotGoOnInARunsFolder() throws IOException {
    train(false);
    Map<String, String> before = content();
    for (Map<String, String> change :
        List.of(
            Map.of("seed", "4"),
            Map.of("training.batch_size", "128"),
            Map.of("features.price.indicator", "true"))) {
      MtlException failure = refused(true, change);
      assertThat(failure).as("changed: %s", change).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
      assertThat(failure).hasMessageContaining("experiment.yaml");
    }
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void finishedRunThatIsResumedTrainsNothingAndWritesNoSecondExport() throws IOException {
    train(false);
    Map<String, String> before = content();
    int[] steps = {0};
    Run again = train(true, Map.of(), counting(steps));
    assertThat(again.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(steps[0]).isZero();
    assertThat(again.files().latestExport()).hasValue(1);
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void moreEpochsTrainOnAndExportTheNextVersion() {
    train(false);
    int[] steps = {0};
    Run longer = train(true, Map.of("training.epochs", "3"), counting(steps));
    assertThat(steps[0]).isEqualTo(4);
    assertThat(longer.files().latestExport()).hasValue(2);
    assertThat(longer.files().readLines(longer.files().history())).hasSize(3);
    assertThat(ManifestFile.read(longer.files().export(1)).provenance()).containsEntry("step", "8");
    assertThat(ManifestFile.read(longer.files().export(2)).provenance())
        .containsEntry("step", "12");
  }

  private static ExperimentListener counting(int[] steps) {
    return new ExperimentListener() {
      @Override
      public void onStep(Step step) {
        steps[0]++;
      }
    };
  }

  @Test
  void interruptedRunHasNoExportAndEndsAsAnUninterruptedOne() throws IOException {
    train(false);
    Map<String, String> whole = content();
    folder = temporary.resolve("interrupted");
    int[] steps = {0};
    ExperimentListener impatient =
        new ExperimentListener() {
          @Override
          public boolean stopRequested() {
            return ++steps[0] == 6;
          }
        };
    Run run = train(false, Map.of(), impatient);
    assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
    assertThat(Run.open(folder).status()).isEqualTo(Run.Status.INTERRUPTED);
    assertThat(run.files().latestExport()).isEmpty();
    assertThat(catchThrowableOfType(MtlException.class, run::export).code())
        .isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(train(true).status()).isEqualTo(Run.Status.FINISHED);
    for (String name :
        List.of("metrics.json", "checkpoints/step-8/tensors.bin", "export/1/mtl4j.json")) {
      assertThat(content()).containsEntry(name, whole.get(name));
    }
  }

  @Test
  void folderWithoutARunIsFileMissing() {
    MtlException failure = catchThrowableOfType(MtlException.class, () -> Run.open(folder));
    assertThat(failure.code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(failure).hasMessageContaining(folder.toString());
  }
}
