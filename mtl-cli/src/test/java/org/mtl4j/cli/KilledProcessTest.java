package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.testkit.TestSeed;

/**
 * A run whose process is killed (SIGKILL) at any moment and resumed leaves the very bytes of a run
 * that was not: checkpoints, history, metrics, export and report.
 */
@EnabledOnOs(OS.LINUX)
class KilledProcessTest {
  /** So many that no process is at its end before it is killed. */
  private static final int FOREVER = 1_000_000;

  /** Keeps more than the last states, and never stops. */
  private static final String RULE =
      "{pareto: [click/auc, rating/rmse, mood/log_loss], keep: 2, patience: null}";

  /** What is there shortly before something else is written; {@code *} stands for the rest. */
  private static final List<String> MOMENTS =
      List.of(
          ".lock",
          "experiment.yaml",
          "history.jsonl",
          ".unfinished-history.jsonl",
          "checkpoints/.unfinished-*",
          "checkpoints/step-*");

  /** The same after the last epoch. */
  private static final List<String> END =
      List.of("metrics.json", "export/.unfinished-*", "export/1", "report.html");

  @TempDir private Path folder;

  private final Random random = TestSeed.random();
  private TinyShop shop;

  @BeforeEach
  void writeShop() throws IOException {
    shop =
        TinyShop.in(folder)
            .with(
                "threads: 1}",
                "threads: 1, balancing: {type: famo}, early_stopping: " + RULE + "}");
  }

  private String[] train(Path run, int epochs) {
    return new String[] {
      "train",
      shop.experiment().toString(),
      "--set",
      "training.epochs=" + epochs,
      "--output",
      run.toString(),
      "--resume"
    };
  }

  /** Goes on in this process to the end; what is in the folder then. */
  private Map<String, String> finish(Path run, int epochs) throws IOException {
    Ran ran = Cli.run(train(run, epochs));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return RunBytes.of(run);
  }

  private static int epochs(Path run) throws IOException {
    Path history = run.resolve("history.jsonl");
    return Files.exists(history) ? Files.readAllLines(history).size() : 0;
  }

  /** Two epochs beyond what the run has: one more may be in its checkpoint's place by now. */
  private void assertGoesOn(String what, Path run) throws IOException {
    int epochs = epochs(run) + 2;
    Path straight = Files.createTempDirectory(folder, "straight");
    assertThat(finish(run, epochs)).as(what).isEqualTo(finish(straight, epochs));
  }

  /** Kills a run three times, each time where the last one left it. */
  @Test
  void killedWhileItTrainsSavesAndExports() throws Exception {
    Path run = folder.resolve("killed");
    String first = "epoch %d/".formatted(1 + random.nextInt(3));
    String what = "after \"%s\", seed %d".formatted(first, TestSeed.value());
    assertThat(killed(run, FOREVER, child -> child.said().contains(first), 0)).as(what).isTrue();
    assertThat(killed(run, FOREVER, child -> child.said().contains("epoch "), 0)).as(what).isTrue();
    // The end of a run is short: this one may come to it unharmed.
    int epochs = epochs(run) + 2;
    killed(run, epochs, child -> Files.exists(run.resolve("metrics.json")), 0);
    assertThat(finish(run, epochs)).as(what).isEqualTo(finish(folder.resolve("whole"), epochs));
  }

  /** At each of the moments and, as often, at a random one by the clock. */
  @Test
  @Tag("slow")
  void killedAtTwentyRandomMoments() throws Exception {
    for (int i = 0; i < 20 - END.size(); i++) {
      Path run = folder.resolve("killed-" + i);
      String moment = i < MOMENTS.size() ? MOMENTS.get(i) : "";
      int delay = random.nextInt(moment.isEmpty() ? 4000 : 20);
      String what = "%s after %d ms, seed %d".formatted(moment, delay, TestSeed.value());
      assertThat(killed(run, FOREVER, child -> moment.isEmpty() || isThere(run, moment), delay))
          .as(what)
          .isTrue();
      assertGoesOn(what, run);
    }
    for (String moment : END) {
      Path run = Files.createTempDirectory(folder, "killed");
      killed(run, 3, child -> isThere(run, moment), 0);
      assertThat(finish(run, 3))
          .as(moment)
          .isEqualTo(finish(Files.createTempDirectory(folder, "straight"), 3));
    }
  }

  /** Whether it was alive to be killed. */
  private boolean killed(Path run, int epochs, Predicate<Child> moment, int delay)
      throws Exception {
    try (Child child = Child.start(folder, train(run, epochs))) {
      child.await(() -> moment.test(child));
      Thread.sleep(delay);
      return child.kill();
    }
  }

  private static boolean isThere(Path run, String pattern) {
    Path path = run.resolve(pattern.replace("*", ""));
    if (!pattern.endsWith("*")) {
      return Files.exists(path);
    }
    try (Stream<Path> entries = Files.list(path.getParent())) {
      return entries.anyMatch(
          entry -> entry.getFileName().toString().startsWith(path.getFileName().toString()));
    } catch (IOException e) {
      return false; // Not there yet.
    }
  }

  /** The lock is the system's: it ends with the process, however that ends. */
  @Test
  @Tag("slow")
  void aSecondProcessIsRefusedAndAKilledOneIsInNobodysWay() throws Exception {
    Path run = folder.resolve("shared");
    try (Child child = Child.start(folder, train(run, FOREVER))) {
      assertThat(child.awaitSaid("epoch 1/")).as(child.said()).isTrue();
      Ran second = Cli.run(train(run, FOREVER));
      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.err())
          .contains(run.toString(), "in use", "process " + child.pid(), "--resume", "--output");
      assertThat(child.kill()).as("the first went on").isTrue();
    }
    finish(run, epochs(run) + 1);
  }
}
