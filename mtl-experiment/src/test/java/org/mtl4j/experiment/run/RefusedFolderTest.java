package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.Experiment;

/** In which folders a run does not begin or go on, and that they stay as they were. */
class RefusedFolderTest extends TinyRunTest {
  @Test
  void folderThatIsNotEmptyIsRefusedAndLeftAsItWas() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    MtlException failure = refused(false, Map.of());
    assertThat(failure.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER);
    assertThat(failure).hasMessageContaining(folder.toString()).hasMessageContaining("--resume");
    assertThat(content()).isEqualTo(Map.of("notes.txt", "mine"));
  }

  /**
   * Its export could be written and not be read again, which came out after all of the training.
   */
  @Test
  void folderThatTensorFlowTakesForAPatternIsRefusedBeforeAnyData() {
    for (String name : List.of("runs[1]", "back\\slash", "[a]/b")) {
      Path place = folder.resolve(name);
      Experiment tiny = Experiment.of(ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml"));
      MtlException failure =
          catchThrowableOfType(
              MtlException.class,
              () -> tiny.train(TrainOptions.into(place), ExperimentListener.SILENT));
      assertThat(failure.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER);
      assertThat(failure)
          .hasMessage(
              "%s: Expected a path without [ and \\, which TensorFlow takes for a pattern, found %s. Choose another folder with --output."
                  .formatted(place, place));
      assertThat(place).doesNotExist();
    }
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
  void aFolderThatCannotBeMadeIsSaidBeforeAnyDataIsRead() throws IOException {
    Path nowhere = temporary.resolve("nowhere");
    folder = Files.createSymbolicLink(temporary.resolve("link"), nowhere);
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
    assertThat(nowhere).doesNotExist();
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
  void anEmptyFolderOfTheUsersStaysWhenTheDataAreRefused() throws IOException {
    Map<String, String> nowhere = Map.of("data.source", "{type: csv, path: nowhere.csv}");
    assertThat(refused(false, nowhere).code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(folder).doesNotExist();
    Files.createDirectories(folder);
    assertThat(refused(false, nowhere).code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(folder).isEmptyDirectory();
  }

  private void assertRefused(Path file, Path output, boolean resume, String remedy) {
    folder = output;
    MtlException failure = refused(resume, Map.of());
    assertThat(failure).as("%s", output).isNotNull();
    assertThat(failure.problems())
        .containsExactly(
            new Problem(
                ErrorCode.OUTPUT_FOLDER,
                file.toString(),
                "Expected a folder, found a file.",
                remedy));
  }

  @Test
  void aFileWhereAFolderBelongsIsSaid() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "mine");
    for (boolean resume : new boolean[] {false, true}) {
      assertRefused(file, file, resume, "Choose another folder with --output.");
      assertRefused(file, file.resolve("a/b"), resume, "Choose another folder with --output.");
    }
    assertThat(file).hasContent("mine");
  }

  @Test
  void aFileInTheRunsFolderWhereAFolderBelongsIsSaid() throws IOException {
    for (String name : List.of("checkpoints", "export")) {
      Path run = Files.createDirectory(temporary.resolve("run-" + name));
      Path file = Files.writeString(run.resolve(name), "mine");
      String remedy = "Move it out of the way, or choose another folder with --output.";
      assertRefused(file, run, true, remedy);
      assertThat(content()).isEqualTo(Map.of(name, "mine"));
    }
  }
}
