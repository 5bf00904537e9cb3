package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.data.split.Split;

/** What a run leaves in its folder, whether it ends at once, is interrupted or made longer. */
class RunFolderTest extends TinyRunTest {
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
            "intervals.json",
            "predictions/test.bin",
            "predictions/validation.bin",
            "report.html",
            "export/1/saved_model.pb",
            "export/1/mtl4j.json");
    assertThat(content().keySet()).noneMatch(name -> name.contains(".unfinished"));
    assertThat(ManifestFile.read(run.export()).files())
        .containsOnlyKeys(
            "assets.extra/tf_serving_warmup_requests",
            "assets/vocabulary_user_id.txt",
            "saved_model.pb",
            "variables/variables.data-00000-of-00001",
            "variables/variables.index");
    TrainingProfile training = ManifestFile.read(run.export()).training().orElseThrow();
    assertThat(training.inputs())
        .containsOnlyKeys(
            ManifestFile.read(run.export()).inputs().stream()
                .map(ModelManifest.Input::name)
                .toArray(String[]::new));
    assertThat(training.outputs()).containsKey("click");
    assertThat(run.files().readLines(run.files().history())).hasSize(2);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      String name = split.name().toLowerCase(Locale.ROOT);
      assertThat(run.metric(name, "click", "auc"))
          .as(name)
          .isCloseTo(CountedArea.of(run, split), within(1e-3));
    }
  }

  @Test
  void equalRunsWriteEqualFiles() throws IOException {
    train(false);
    Map<String, String> first = content();
    folder = temporary.resolve("again");
    train(false);
    assertThat(content()).isEqualTo(first).containsKey("export/1/saved_model.pb");
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
  void rowsAreCountedInBothPassesBeforeTheDataAreSaid() {
    List<ExperimentListener.Reading> readings = new ArrayList<>();
    boolean[] said = {false};
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onRows(Reading reading) {
            assertThat(said[0]).isFalse();
            readings.add(reading);
          }

          @Override
          public void onData(Map<String, Integer> rows, List<String> warnings) {
            said[0] = true;
            assertThat(rows.values().stream().mapToInt(r -> r).sum()).isEqualTo(5000);
          }
        };
    train(false, Map.of("data.source.impressions", "5000", "training.epochs", "1"), listener);
    assertThat(said[0]).isTrue();
    // 4096 rows are read at once, and come split by split.
    assertThat(readings).hasSize(12);
    assertThat(readings.get(5))
        .isEqualTo(
            new ExperimentListener.Reading(
                ExperimentListener.Pass.LEARNING, 5000, OptionalLong.empty()));
    assertThat(readings.get(11))
        .isEqualTo(
            new ExperimentListener.Reading(
                ExperimentListener.Pass.ENCODING, 5000, OptionalLong.of(5000)));
    assertThat(readings.subList(6, 12))
        .extracting(ExperimentListener.Reading::rows)
        .isSorted()
        .element(2)
        .isEqualTo(4096L);
  }

  @Test
  void folderWithoutARunIsFileMissing() {
    MtlException failure = catchThrowableOfType(MtlException.class, () -> Run.open(folder));
    assertThat(failure.code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(failure).hasMessageContaining(folder.toString());
  }
}
