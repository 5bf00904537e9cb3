package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.TestSeed;

/**
 * A run that follows a file and is killed (SIGKILL) again and again ends with the very bytes of one
 * that was not: the same rows in the same steps, none lost and none taken twice.
 */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class KilledUpdateTest {
  /** What is there shortly before something else is written; {@code *} stands for the rest. */
  private static final List<String> MOMENTS =
      List.of(
          "updates/.unfinished-*",
          "updates/0002/update.json",
          "updates/0002/seen.bin",
          "updates/0002/transforms.bin",
          "updates/0002/checkpoints/.unfinished-*",
          "updates/0002/checkpoints/step-*",
          "updates/0002/export/.unfinished-*",
          "updates/0002/export/1",
          "updates/0002/decision.json",
          "export/3");

  private static final int EPOCHS = 20;

  @TempDir private Path folder;

  private final Random random = TestSeed.random();

  private String[] follow(Path run, Path log) {
    return new String[] {
      "train",
      "--continue",
      run.toString(),
      "--follow",
      log.toString(),
      "--max-updates",
      "1",
      "--gate",
      "off",
      "--allow-drift",
      "all",
      "--set",
      "training.epochs=" + EPOCHS
    };
  }

  /** Two updates, the second of a file that grew meanwhile; this one is what is killed. */
  @Test
  void killedAtAnyMomentItLosesNoRowAndTakesNoneTwice() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path trained = folder.resolve("trained");
    Cli.Ran first =
        Cli.run(
            "train", shop.experiment().toString(), "--output", trained.toString(), "--no-cache");
    assertThat(first.exitCode()).as(first.err()).isZero();
    Path log = folder.resolve("log.csv");
    List<String> lines = Files.readAllLines(shop.test());
    Files.write(log, lines.subList(0, 61));
    assertThat(Cli.run(follow(trained, log)).exitCode()).isZero();
    Files.write(log, lines.subList(61, 101), StandardOpenOption.APPEND);
    Map<String, String> expected = finished(copy(trained, "straight"), log);
    for (int i = 0; i < MOMENTS.size(); i++) {
      Path run = copy(trained, "killed-" + i);
      String moment = MOMENTS.get(i);
      int delay = i % 2 == 0 ? 0 : random.nextInt(40);
      for (int kill = 0; kill < 2 && !isDecided(run); kill++) {
        try (Child child = Child.start(folder, follow(run, log))) {
          child.await(() -> isThere(run, moment));
          Thread.sleep(delay);
          child.kill();
        }
      }
      assertThat(finished(run, log)).as(moment + ", seed " + TestSeed.value()).isEqualTo(expected);
    }
  }

  private static boolean isDecided(Path run) {
    return Files.exists(run.resolve("updates/0002/decision.json"));
  }

  /** Goes on in this process to the end; what is in the folder then, times and days aside. */
  private Map<String, String> finished(Path run, Path log) throws IOException {
    if (isDecided(run)) {
      // Whatever comes next, it gives the export its name first; a follower would wait for rows.
      assertThat(Cli.run("train", "--continue", run.toString(), "--data", "none").exitCode())
          .isEqualTo(2);
    } else {
      Cli.Ran ran = Cli.run(follow(run, log));
      assertThat(ran.exitCode()).as(ran.err()).isZero();
    }
    assertThat(run.resolve("export/3/mtl4j.json")).exists();
    Map<String, String> content = new TreeMap<>(RunBytes.of(run));
    content.keySet().removeIf(name -> name.endsWith("timing.jsonl") || name.endsWith(".lock"));
    assertThat(content.keySet()).noneMatch(name -> name.contains(".unfinished-"));
    return content;
  }

  private Path copy(Path run, String name) throws IOException {
    Path target = folder.resolve(name);
    try (Stream<Path> entries = Files.walk(run)) {
      for (Path entry : entries.toList()) {
        Files.copy(entry, target.resolve(run.relativize(entry).toString()));
      }
    }
    return target;
  }

  private static boolean isThere(Path run, String pattern) {
    Path path = run.resolve(pattern.replace("*", ""));
    if (!pattern.endsWith("*")) {
      return Files.exists(path);
    }
    try {
      return Files.isDirectory(path.getParent())
          && Folders.names(path.getParent()).stream()
              .anyMatch(name -> name.startsWith(path.getFileName().toString()));
    } catch (IOException | UncheckedIOException e) {
      return false; // It is changed while it is looked at.
    }
  }
}
