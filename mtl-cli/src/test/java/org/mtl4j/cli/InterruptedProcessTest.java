package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.cli.console.Console;

/** A signal while a real process trains: it saves, exits with 130, and the run goes on later. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class InterruptedProcessTest {
  private static final long SIGINT_BIT = 1L << (2 - 1);

  @TempDir private Path folder;

  @Test
  void anInterruptedRunGoesOnAsIfNothingHadHappened() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path interrupted = folder.resolve("interrupted");
    Process process = start(shop, interrupted);
    StringBuilder said = new StringBuilder();
    try (BufferedReader err = process.errorReader()) {
      boolean signalled = false;
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.append(line).append('\n');
        if (!signalled && line.startsWith("epoch 2 ")) { // The bar is on the screen.
          interrupt(process);
          signalled = true;
        }
      }
    }
    assertThat(process.waitFor()).as(said.toString()).isEqualTo(130);
    assertThat(said).contains("Interrupted");

    String epochs =
        "training.epochs=" + (Files.readAllLines(interrupted.resolve("history.jsonl")).size() + 2);
    Path straight = folder.resolve("straight");
    train(shop, interrupted, epochs, "--resume");
    train(shop, straight, epochs, "--json");
    assertThat(checkpointBytes(interrupted)).isEqualTo(checkpointBytes(straight));
  }

  /** Ctrl-C; SIGTERM where whoever started the tests has SIGINT ignored, which is inherited. */
  private static void interrupt(Process process) throws Exception {
    long ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElse(0);
    String signal = (ignored & SIGINT_BIT) == 0 ? "-INT" : "-TERM";
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  private static Process start(TinyShop shop, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-D" + Console.COLUMNS + "=100",
            "-cp",
            System.getProperty("java.class.path"),
            "org.mtl4j.cli.Main",
            "train",
            shop.experiment().toString(),
            "--set",
            "training.epochs=1000000",
            "--output",
            output.toString())
        .redirectOutput(new File("/dev/null"))
        .start();
  }

  private static void train(TinyShop shop, Path output, String epochs, String option) {
    Ran ran =
        Cli.run(
            "train",
            shop.experiment().toString(),
            "--set",
            epochs,
            "--output",
            output.toString(),
            option);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  /** The numbers of the checkpoint of the last step. */
  private static byte[] checkpointBytes(Path run) throws IOException {
    try (Stream<Path> steps = Files.list(run.resolve("checkpoints"))) {
      List<Path> sorted = steps.sorted((a, b) -> Long.compare(step(a), step(b))).toList();
      return Files.readAllBytes(sorted.get(sorted.size() - 1).resolve("tensors.bin"));
    }
  }

  private static long step(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replace("step-", ""));
  }
}
