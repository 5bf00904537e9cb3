package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

/** A run whose files were damaged, left half done or taken away goes on, and says what is lost. */
class DamagedRunTest extends TinyRunTest {
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
    assertThat(train(true, Map.of(), noting(warnings)).status()).isEqualTo(Run.Status.FINISHED);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains(damaged.toString(), "expected", "found 100");
    assertThat(warnings.get(1)).contains("that of step 4", "checkpoints/refused-step-N");
    Map<String, String> after = content();
    assertThat(after.keySet().removeIf(name -> name.contains("refused-step-8"))).isTrue();
    assertThat(after).isEqualTo(whole);
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
}
