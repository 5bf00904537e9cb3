package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
  private static final String EPOCHS = "training.epochs=6";

  /** What is there shortly before something else is written; {@code *} stands for the rest. */
  private static final List<String> MOMENTS =
      List.of(
          ".lock",
          "experiment.yaml",
          "history.jsonl",
          ".unfinished-history.jsonl",
          "checkpoints/.unfinished-*",
          "checkpoints/step-*",
          "metrics.json",
          "export/.unfinished-*",
          "export/1",
          "report.html");

  @TempDir private Path folder;

  private final Random random = TestSeed.random();
  private TinyShop shop;
  private Map<String, String> straight;

  @BeforeEach
  void trainStraight() throws IOException {
    shop = TinyShop.in(folder);
    straight = finish(folder.resolve("straight"));
  }

  private String[] train(Path run) {
    return new String[] {
      "train", shop.experiment().toString(), "--set", EPOCHS, "--output", run.toString(), "--resume"
    };
  }

  /** Goes on in this process to the end; what is in the folder then. */
  private Map<String, String> finish(Path run) throws IOException {
    Ran ran = Cli.run(train(run));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return RunBytes.of(run);
  }

  /** Kills a run three times, each time where the last one left it. */
  @Test
  void killedWhileItSavesTrainsAndExports() throws Exception {
    Path run = folder.resolve("killed");
    assertThat(killed(run, "checkpoints/.unfinished-*", 0)).isTrue();
    assertThat(killed(run, "checkpoints/step-*", random.nextInt(100))).isTrue();
    killed(run, "export/.unfinished-*", 0);
    assertThat(finish(run)).as("seed %d", TestSeed.value()).isEqualTo(straight);
  }

  /** Half of the moments by the clock, from the start of the process to its end. */
  @Test
  @Tag("slow")
  void killedAtTwentyRandomMoments() throws Exception {
    long start = System.nanoTime();
    try (Child child = Child.start(folder, train(folder.resolve("timed")))) {
      assertThat(child.exitCode()).as(child.said()).isZero();
    }
    int life = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    List<String> killed = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Path run = folder.resolve("killed-" + i);
      boolean clock = i >= MOMENTS.size();
      String moment = clock ? "" : MOMENTS.get(i);
      int delay = random.nextInt(clock ? life : 20);
      String what = "%s after %d ms, seed %d".formatted(moment, delay, TestSeed.value());
      if (killed(run, moment, delay)) {
        killed.add(what);
      }
      assertThat(finish(run)).as(what).isEqualTo(straight);
    }
    assertThat(killed).as("those that were alive to be killed").hasSizeGreaterThan(10);
  }

  private boolean killed(Path run, String moment, int delay) throws Exception {
    try (Child child = Child.start(folder, train(run))) {
      child.await(() -> moment.isEmpty() || isThere(run, moment));
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
    try (Child child =
        Child.start(
            folder,
            "train",
            shop.experiment().toString(),
            "--set",
            "training.epochs=1000000",
            "--output",
            run.toString())) {
      assertThat(child.awaitSaid("epoch 1/")).as(child.said()).isTrue();
      Ran second = Cli.run(train(run));
      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.err())
          .contains(run.toString(), "in use", "process " + child.pid(), "--resume", "--output");
      assertThat(child.kill()).as("the first went on").isTrue();
    }
    Ran resumed =
        Cli.run(
            "train",
            shop.experiment().toString(),
            "--set",
            "training.epochs=" + (Files.readAllLines(run.resolve("history.jsonl")).size() + 1),
            "--output",
            run.toString(),
            "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
  }
}
