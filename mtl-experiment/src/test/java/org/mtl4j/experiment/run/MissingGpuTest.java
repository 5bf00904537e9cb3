package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.Sessions;

class MissingGpuTest extends TinyRunTest {
  private static final String FOR_GPUS =
      "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";

  @AfterEach
  void askForNone() {
    System.clearProperty("mtl.gpu");
  }

  @Test
  void gpuThatIsNotThereIsSaidBeforeDataAreReadAndAFolderIsMade() {
    assumeThat(Sessions.class.getResource(FOR_GPUS)).as("a library for GPUs").isNull();
    System.setProperty("mtl.gpu", "true");
    List<String> read = new ArrayList<>();
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onData(Map<String, Integer> rows, List<String> warnings) {
            read.add("data");
          }
        };
    assertThatThrownBy(() -> train(false, Map.of(), listener))
        .isInstanceOfSatisfying(
            MtlException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::code)
                    .containsExactly(ErrorCode.GPU_MISSING));
    assertThat(read).isEmpty();
    assertThat(folder).doesNotExist();
  }
}
