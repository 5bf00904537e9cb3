package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/**
 * A finished run that is gone on with and dies on the way: it is the finished run that it was, or
 * one that is not finished and can be resumed; never metrics of one state beside another.
 */
@Tag("slow")
class ExtendedRunTest {
  @TempDir private Path temporary;

  private final ExperimentService service = MtlServices.standard();
  private Path finished;

  /** The process dies, as far as one test can. */
  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Dies at the first event of that name. */
  private record Dying(String point) implements ExperimentListener {
    private void at(String event) {
      if (event.equals(point)) {
        throw new Died();
      }
    }

    @Override
    public void onData(Map<String, Integer> rows, List<String> warnings) {
      at("data");
    }

    @Override
    public void onStart(Plan plan) {
      at("start");
    }

    @Override
    public void onStep(Step step) {
      at("step");
    }

    @Override
    public void beforeSave(Epoch epoch) {
      at("before the checkpoint");
    }

    @Override
    public void onEpoch(Epoch epoch) {
      at("after the checkpoint");
    }

    @Override
    public void onStage(String stage) {
      at(stage);
    }
  }

  @BeforeEach
  void finish() {
    finished = temporary.resolve("finished");
    train(finished, 2, false, ExperimentListener.SILENT);
  }

  private Run train(Path folder, int epochs, boolean resume, ExperimentListener listener) {
    ConfigFile file =
        ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml")
            .withOverride("training.epochs", Integer.toString(epochs));
    return service.train(service.read(file), new TrainOptions(folder, resume), listener);
  }

  private Path copy(String name) throws IOException {
    Path folder = temporary.resolve(name);
    try (Stream<Path> entries = Files.walk(finished)) {
      for (Path entry : entries.toList()) {
        Files.copy(entry, folder.resolve(finished.relativize(entry).toString()));
      }
    }
    return folder;
  }

  private void die(Path folder, int epochs, String point) {
    Died died =
        catchThrowableOfType(Died.class, () -> train(folder, epochs, true, new Dying(point)));
    assertThat(died).as(point).isNotNull();
  }

  private static void assertUnfinished(Path folder, String point) {
    Run run = Run.open(folder);
    assertThat(run.status()).as(point).isEqualTo(Run.Status.INTERRUPTED);
    for (MtlException refused :
        List.of(
            catchThrowableOfType(MtlException.class, run::metrics),
            catchThrowableOfType(MtlException.class, run::export))) {
      assertThat(refused.code()).as(point).isEqualTo(ErrorCode.FILE_MISSING);
      assertThat(refused)
          .hasMessageContaining("not finished")
          .hasMessageContaining("--resume")
          .hasMessageContaining("earlier export is in " + folder.resolve("export"));
    }
  }

  @Test
  void whereverMoreEpochsEndTheRunIsTheOldOneOrUnfinished() throws IOException {
    Map<String, String> before = Folders.ofRun(finished);
    Path straight = copy("straight");
    assertThat(train(straight, 3, true, ExperimentListener.SILENT).status())
        .isEqualTo(Run.Status.FINISHED);
    Map<String, String> longer = Folders.ofRun(straight);
    assertThat(longer).containsKey("export/2/mtl4j.json").isNotEqualTo(before);

    Path untouched = copy("at the data");
    die(untouched, 3, "data");
    assertThat(Folders.ofRun(untouched)).isEqualTo(before);
    assertThat(Run.open(untouched).metrics()).isNotEmpty();
    for (String point :
        List.of(
            "start",
            "step",
            "before the checkpoint",
            "after the checkpoint",
            "evaluating",
            "exporting")) {
      Path folder = copy("at " + point);
      die(folder, 3, point);
      assertUnfinished(folder, point);
      train(folder, 3, true, ExperimentListener.SILENT);
      assertThat(Folders.ofRun(folder)).as(point).isEqualTo(longer);
    }
  }

  /** Its last checkpoint is damaged, so that steps are taken again. */
  @Test
  void aRunThatGoesBackIsUnfinishedTooUntilItIsThereAgain() throws IOException {
    Map<String, String> before = Folders.ofRun(finished);
    Files.write(finished.resolve("checkpoints/step-8/tensors.bin"), new byte[100]);
    die(finished, 2, "step");
    assertUnfinished(finished, "step");
    train(finished, 2, true, ExperimentListener.SILENT);
    Map<String, String> after = Folders.ofRun(finished);
    after.keySet().removeIf(name -> name.contains("refused-step-8"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aRunWithNothingLeftToDoStaysFinishedWhereverItEnds() throws IOException {
    Map<String, String> before = Folders.ofRun(finished);
    for (String point : List.of("data", "start", "evaluating", "exporting")) {
      die(finished, 2, point);
      assertThat(Run.open(finished).status()).as(point).isEqualTo(Run.Status.FINISHED);
      assertThat(Folders.ofRun(finished)).as(point).isEqualTo(before);
    }
  }
}
