package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** What ended before its first checkpoint is in nobody's way, and nobody else's file is touched. */
@Tag("slow")
class FreeFolderTest extends TinyRunTest {
  /** On the same data, so that only the run itself can tell the two apart. */
  private static final Map<String, String> OTHER =
      Map.of("training.batch_size", "128", "training.epochs", "1");

  /** The process dies, as far as one test can, with a line of history and no checkpoint. */
  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void dieBeforeTheFirstCheckpoint() {
    ExperimentListener dying =
        new ExperimentListener() {
          @Override
          public void beforeSave(Epoch epoch) {
            throw new Died();
          }
        };
    assertThat(catchThrowableOfType(Died.class, () -> train(false, Map.of(), dying))).isNotNull();
    assertThat(folder)
        .isDirectoryContaining("glob:**/experiment.yaml")
        .isDirectoryContaining("glob:**/provenance.json")
        .isDirectoryContaining("glob:**/history.jsonl");
  }

  /** The bytes of that experiment in a folder of its own. */
  private Map<String, String> straight(Map<String, String> overrides) throws IOException {
    Path here = folder;
    folder = temporary.resolve("straight");
    train(false, overrides, ExperimentListener.SILENT);
    Map<String, String> straight = content();
    folder = here;
    return straight;
  }

  @Test
  void noValidationRowsToStopEarlyByAreSaidBeforeAnythingIsWritten() throws IOException {
    Map<String, String> blind =
        Map.of(
            "data.split", "{by: random, test: 0.2, validation: 0}",
            "training.early_stopping", "{metric: click/auc, patience: 1}");
    for (boolean resume : new boolean[] {false, true}) {
      assertThat(refused(resume, blind).problems())
          .containsExactly(
              new Problem(
                  ErrorCode.NO_ROWS,
                  "training.early_stopping (--set training.early_stopping)",
                  "Early stopping needs validation rows, and the split leaves none.",
                  "Give data.split a validation share, or leave early_stopping out."));
      assertThat(folder).doesNotExist();
    }
    Map<String, String> mended = new HashMap<>(blind);
    mended.put("data.split", "{by: random, test: 0.2, validation: 0.2}");
    train(false, mended, ExperimentListener.SILENT);
    Map<String, String> before = content();
    Map<String, String> longer = new HashMap<>(mended);
    longer.put("data.split", "{by: random, test: 0.2, validation: 0}");
    assertThat(refused(true, longer)).hasMessageContaining("data.split.validation");
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void anotherExperimentTakesOverWhatNeverSavedACheckpoint() throws IOException {
    Map<String, String> straight = straight(OTHER);
    for (boolean resume : new boolean[] {false, true}) {
      folder = temporary.resolve("resume-" + resume);
      dieBeforeTheFirstCheckpoint();
      Files.createDirectories(folder.resolve("checkpoints/.unfinished-step-4"));
      assertThat(train(resume, OTHER, ExperimentListener.SILENT).status())
          .isEqualTo(Run.Status.FINISHED);
      assertThat(content()).isEqualTo(straight);
    }
  }

  @Test
  void theSameExperimentBeginsAnew() throws IOException {
    dieBeforeTheFirstCheckpoint();
    train(true);
    assertThat(content()).isEqualTo(straight(Map.of()));
  }

  @Test
  void onlyTheProvenanceIsThereAfterAKillBetweenTheFirstTwoFiles() throws IOException {
    dieBeforeTheFirstCheckpoint();
    Files.delete(folder.resolve("experiment.yaml"));
    Files.delete(folder.resolve("history.jsonl"));
    train(false);
    assertThat(content()).isEqualTo(straight(Map.of()));
  }

  @Test
  void dataThatAreRefusedLeaveEvenThat() throws IOException {
    dieBeforeTheFirstCheckpoint();
    Map<String, String> before = content();
    Map<String, String> nowhere = Map.of("data.source", "{type: csv, path: nowhere.csv}");
    assertThat(refused(false, nowhere).code()).isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void aCheckpointOrAFileOfSomebodyElsesIsNotTakenOver() throws IOException {
    dieBeforeTheFirstCheckpoint();
    for (String name :
        List.of("notes.txt", "checkpoints/step-4", "checkpoints/.old-step-4", "metrics.json")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "mine");
      assertNotFree(name);
      Files.delete(file);
    }
    // Without a provenance the experiment may be the user's own.
    Files.delete(folder.resolve("provenance.json"));
    assertNotFree("experiment.yaml");
  }

  private void assertNotFree(String what) throws IOException {
    Map<String, String> before = content();
    MtlException failure = refused(false, OTHER);
    assertThat(failure).as(what).isNotNull();
    assertThat(failure.problems())
        .as(what)
        .containsExactly(
            new Problem(
                ErrorCode.OUTPUT_FOLDER,
                folder.toString(),
                "The run's folder is not empty, and nothing is ever written over.",
                "Choose another folder with --output, or go on with --resume."));
    assertThat(refused(true, OTHER).code()).as(what).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(content()).as(what).isEqualTo(before);
  }

  @Test
  void aRunThatDivergedBeforeItsFirstCheckpointIsTakenOver() throws IOException {
    Map<String, String> wild =
        Map.of("training.optimizer", "{type: sgd, learning_rate: 1.0e+30}", "training.epochs", "1");
    assertThat(refused(false, wild).code()).isEqualTo(ErrorCode.DIVERGED);
    assertThat(folder.resolve("experiment.yaml")).exists();
    train(false, OTHER, ExperimentListener.SILENT);
    assertThat(content()).isEqualTo(straight(OTHER));
  }
}
