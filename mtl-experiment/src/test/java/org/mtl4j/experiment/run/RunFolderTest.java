package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.testkit.Folders;

/** What a run leaves in its folder, and when it may go on in one that is not empty. */
class RunFolderTest {
  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void choose() {
    folder = temporary.resolve("run");
  }

  private Run train(boolean resume, Map<String, String> overrides, ExperimentListener listener) {
    ConfigFile file = ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml");
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
    return Folders.content(folder);
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
    assertThat(ManifestFile.read(run.export()).files())
        .containsOnlyKeys(
            "assets/vocabulary_user_id.txt",
            "saved_model.pb",
            "variables/variables.data-00000-of-00001",
            "variables/variables.index");
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
    Map<String, String> second = content();
    for (Map<String, String> files : List.of(first, second)) {
      files.keySet().removeIf(name -> name.matches(".lock"));
    }
    assertThat(second).isEqualTo(first).containsKey("export/1/saved_model.pb");
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
  void eachKeyThatDiffersIsNamedWithBothValuesAndHowToGoOn() {
    train(false);
    MtlException failure = refused(true, Map.of("training.threads", "2", "seed", "4"));
    assertThat(failure.problems()).hasSize(2);
    assertThat(failure)
        .hasMessageContaining("seed (" + folder.resolve("experiment.yaml") + ")")
        .hasMessageContaining("begun with 3, the experiment to go on with has 4")
        .hasMessageContaining("training.threads")
        .hasMessageContaining("begun with 1, the experiment to go on with has 2")
        .hasMessageContaining("The bits of a run depend on it")
        .hasMessageContaining("--set \"training.threads=1\"");
  }

  @Test
  void anotherOrderOfFeaturesIsAnotherExperiment() {
    train(false);
    String price = "  price: {type: numeric, transform: log1p}\n";
    String user = "  user_id: {type: categorical, dim: 4}\n";
    String swapped = TinyExperiment.YAML.replace(user + price, price + user);
    assertThat(swapped).isNotEqualTo(TinyExperiment.YAML);
    Experiment other = Experiment.of(ConfigFile.parse(swapped, "swapped.yaml"));
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () -> other.train(new TrainOptions(folder, true), ExperimentListener.SILENT));
    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(failure).hasMessageContaining("[user_id, price]").hasMessageContaining("features");
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidBeforeAnyDataIsRead() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "mine");
    folder = file.resolve("run");
    boolean[] read = {false};
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onData(Map<String, Integer> rows, List<String> warnings) {
            read[0] = true;
          }
        };
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> train(false, Map.of(), listener));
    assertThat(failure.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER);
    assertThat(failure)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("none that can be made or written")
        .hasMessageContaining("--output");
    assertThat(read[0]).isFalse();
    assertThat(file).hasContent("mine");
  }

  @Test
  void twoRunsOfOneProcessDoNotShareAFolder() {
    MtlException[] second = {null};
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onStart(Plan plan) {
            second[0] = refused(true, Map.of());
          }
        };
    assertThat(train(false, Map.of(), listener).status()).isEqualTo(Run.Status.FINISHED);
    assertThat(second[0].code()).isEqualTo(ErrorCode.OUTPUT_FOLDER);
    assertThat(second[0]).hasMessageContaining("in use: this process writes to it");
  }

  @Test
  void whatAKilledProcessLeftBeforeItBeganIsNotInTheWay() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(".lock"), "1");
    Files.writeString(folder.resolve(".unfinished-experiment.yaml"), "name: ha");
    assertThat(train(false).status()).isEqualTo(Run.Status.FINISHED);
    assertThat(content().keySet()).noneMatch(name -> name.contains(".unfinished"));
  }

  /** The newest checkpoint is cut off: the run goes on from the one before and ends the same. */
  @Test
  void aDamagedCheckpointIsPutAsideAndSaid() throws IOException {
    train(false);
    Map<String, String> whole = content();
    Path damaged = folder.resolve("checkpoints/step-8/tensors.bin");
    Files.write(damaged, new byte[100]);
    List<String> warnings = new ArrayList<>();
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onWarning(String warning) {
            warnings.add(warning);
          }
        };
    assertThat(train(true, Map.of(), listener).status()).isEqualTo(Run.Status.FINISHED);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains(damaged.toString(), "expected", "found 100");
    assertThat(warnings.get(1)).contains("that of step 4", "checkpoints/refused-step-N");
    Map<String, String> after = content();
    assertThat(after.keySet().removeIf(name -> name.contains("refused-step-8"))).isTrue();
    assertThat(after).isEqualTo(whole);
  }

  @Test
  void otherDataDoesNotGoOnInARunsFolder() throws IOException {
    Path csv = temporary.resolve("rows.csv");
    List<String> rows = new ArrayList<>(List.of("user_id,price,click"));
    for (int i = 0; i < 200; i++) {
      rows.add("u" + i % 20 + "," + i % 7 + "," + i % 3 % 2);
    }
    Files.write(csv, rows);
    Map<String, String> source =
        Map.of("data.source", "{type: csv, path: \"" + csv + "\"}", "training.batch_size", "32");
    train(false, source, ExperimentListener.SILENT);
    Map<String, String> before = content();
    rows.set(7, rows.get(7).replace(",6,", ",5,"));
    Files.write(csv, rows);
    MtlException failure = refused(true, source);
    assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(failure)
        .hasMessageContaining("step-")
        .hasMessageContaining("belongs to another experiment or other data")
        .hasMessageContaining("the data that the run began with");
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
  void anEmptyFolderOfTheUsersStaysWhenTheDataAreRefused() throws IOException {
    Map<String, String> nowhere = Map.of("data.source", "{type: csv, path: nowhere.csv}");
    assertThat(refused(false, nowhere).code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(folder).doesNotExist();
    Files.createDirectories(folder);
    assertThat(refused(false, nowhere).code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anExportThatCannotBeWrittenIsGoneOnWith() throws IOException {
    Files.createDirectories(folder);
    boolean[] stopped = {false};
    ExperimentListener inTheWay =
        new ExperimentListener() {
          @Override
          public void onStage(String stage) {
            if (stage.equals("exporting")) {
              try {
                Files.writeString(folder.resolve("export"), "not a folder");
                stopped[0] = true;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> train(false, Map.of(), inTheWay));
    assertThat(stopped[0]).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.IO);
    assertThat(failure.problems().get(0).remedy())
        .isEqualTo("Make room, then go on with --resume.");
    Files.delete(folder.resolve("export"));
    assertThat(train(true).status()).isEqualTo(Run.Status.FINISHED);
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
