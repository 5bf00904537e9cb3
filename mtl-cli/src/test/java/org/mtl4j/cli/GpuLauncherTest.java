package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher asks of Java and TensorFlow for a GPU; a script that prints stands for Java.
 */
class GpuLauncherTest {
  private static final List<String> NAMES =
      List.of("MTL_GPU", "NVIDIA_TF32_OVERRIDE", "TF_DETERMINISTIC_OPS");

  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      case " $* " in *" -Dmtl.gpu=true "*) echo insists ;; *) echo "does not insist" ;; esac
      echo "TF32 ${NVIDIA_TF32_OVERRIDE:-as it is}, deterministic ${TF_DETERMINISTIC_OPS:-as it is}"
      """;

  @TempDir private Path folder;

  private List<String> launched(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path java = Files.writeString(folder.resolve("java"), FAKE_JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Path launcher = Path.of(System.getProperty("mtl.root"), "mtl-cli/src/main/launcher/launch.sh");
    String script = ". '%s'; java='%s'; release=17; launch CLASSES train".formatted(launcher, java);
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    NAMES.forEach(shell.environment()::remove);
    shell.environment().putAll(environment);
    Process process = shell.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }

  @Test
  void withoutAGpuNothingIsAskedFor() throws IOException, InterruptedException {
    assertThat(launched(Map.of()))
        .containsExactly("does not insist", "TF32 as it is, deterministic as it is");
    assertThat(launched(Map.of("MTL_GPU", "0")))
        .containsExactly("does not insist", "TF32 as it is, deterministic as it is");
  }

  @Test
  void aGpuIsInsistedOnAndComputesAsTheProcessorDoes() throws IOException, InterruptedException {
    assertThat(launched(Map.of("MTL_GPU", "1")))
        .containsExactly("insists", "TF32 0, deterministic 1");
  }

  @Test
  void whoWantsTheFasterArithmeticSaysSo() throws IOException, InterruptedException {
    assertThat(
            launched(
                Map.of("MTL_GPU", "1", "NVIDIA_TF32_OVERRIDE", "1", "TF_DETERMINISTIC_OPS", "0")))
        .containsExactly("insists", "TF32 1, deterministic 0");
  }
}
