package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.TestSeed;

/**
 * The disk is full at some point of a tuning or of an update: exit 2 with the file and what to do,
 * and with more room the same goes on and ends with the bytes of one that had it all the time.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class FullDiskGoingOnTest {
  private static final int PAGE = 4096;
  private static final int LARGE = 64 << 20;
  private static final int PLACES = 12;

  @TempDir private Path folder;

  private TinyShop shop;

  @BeforeEach
  void writeShop() throws IOException {
    shop = TinyShop.in(folder);
    Files.writeString(
        folder.resolve("space.yaml"),
        """
        objective: click/auc
        method: {type: halving, factor: 2, min_epochs: 1}
        space:
          training.optimizer.learning_rate: {from: 0.001, to: 0.1, scale: log}
        """);
  }

  private String[] tune(Path output, int parallel) {
    return new String[] {
      "tune",
      shop.experiment().toString(),
      "--space",
      folder.resolve("space.yaml").toString(),
      "--trials",
      "4",
      "--parallel",
      Integer.toString(parallel),
      "--output",
      output.toString(),
      "--set",
      "training.threads=1",
      "--set",
      "data.cache.enabled=false",
      "--resume"
    };
  }

  private static Map<String, String> finish(String[] command, Path output, String what)
      throws IOException {
    Cli.Ran ran = Cli.run(command);
    assertThat(ran.exitCode()).as("%s: %s", what, ran.err()).isZero();
    return bytes(output);
  }

  /** Those of files without times in them. */
  private static Map<String, String> bytes(Path output) throws IOException {
    Map<String, String> bytes = new TreeMap<>(Folders.content(output));
    bytes
        .keySet()
        .removeIf(
            name -> name.matches("(.*/)?(timing.jsonl|\\.lock)|report.html|.*tensorboard/.*"));
    return bytes;
  }

  private static int size(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return (int)
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Evenly spread, and moved by the seed: nobody knows where the next disk is full. */
  private static List<Integer> sizes(int whole) {
    List<Integer> sizes = new ArrayList<>();
    Random random = TestSeed.random();
    for (int i = 0; i < PLACES; i++) {
      sizes.add(PAGE + whole / PLACES * i + random.nextInt(whole / PLACES));
    }
    return sizes;
  }

  @Test
  void aTuningGoesOn() throws Exception {
    Path whole = folder.resolve("whole");
    Map<String, String> straight = finish(tune(whole, 1), whole, "straight");
    Set<String> places = new TreeSet<>();
    for (int bytes : sizes(size(whole))) {
      String what = "%d bytes, seed %d".formatted(bytes, TestSeed.value());
      try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk-" + bytes), bytes)) {
        Path tuning = disk.folder().resolve("tuning");
        Cli.Ran ran = Cli.run(tune(tuning, 1 + bytes % 2));
        if (ran.exitCode() != 0) {
          assertFull(ran, tuning, what);
          assertThat(ran.err()).as(what).contains("--resume").doesNotContain("--output");
          places.add(ran.err().contains("/trials/") ? "in a trial" : "beside them");
        }
        assertRecordsAreWhole(tuning, what);
        disk.resize(LARGE);
        assertThat(finish(tune(tuning, 1), tuning, what)).as(what).isEqualTo(straight);
      }
    }
    assertThat(places).contains("in a trial");
  }

  /** Each line a trial, or nothing. */
  private static void assertRecordsAreWhole(Path tuning, String what) throws IOException {
    Path trials = tuning.resolve("trials.jsonl");
    if (Files.exists(trials) && Files.size(trials) > 0) {
      assertThat(Files.readString(trials)).as(what).endsWith("}\n");
      assertThat(Files.readAllLines(trials)).as(what).allMatch(line -> line.endsWith("}"));
    }
  }

  private static void assertFull(Cli.Ran ran, Path place, String what) {
    assertThat(ran.exitCode()).as("%s: %s", what, ran.err()).isEqualTo(2);
    assertThat(ran.err())
        .as(what)
        .contains("No space left on device", place.toString(), "room")
        .doesNotContain("\tat ");
  }

  @Test
  void anUpdateGoesOn() throws Exception {
    Path trained = folder.resolve("trained");
    finish(
        new String[] {
          "train", shop.experiment().toString(), "--output", trained.toString(), "--no-cache"
        },
        trained,
        "trained");
    Path whole = folder.resolve("whole");
    Copies.copy(trained, whole);
    int before = size(whole);
    Map<String, String> straight = finish(update(whole), whole, "straight");
    for (int more : sizes(size(whole) - before)) {
      String what = "%d bytes more, seed %d".formatted(more, TestSeed.value());
      try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk-" + more), LARGE)) {
        Path run = disk.folder().resolve("run");
        Copies.copy(trained, run);
        Map<String, String> served = Folders.content(run.resolve("export/1"));
        disk.resize((int) (LARGE - disk.folder().toFile().getUsableSpace()) + more);
        Cli.Ran ran = Cli.run(update(run));
        if (ran.exitCode() != 0) {
          assertFull(ran, run, what);
          assertThat(ran.err()).as(what).contains("the same command").doesNotContain("--resume");
          assertThat(Folders.content(run.resolve("export/1"))).as(what).isEqualTo(served);
        }
        disk.resize(LARGE);
        assertThat(again(run, ran)).as(what).isEqualTo(straight);
      }
    }
  }

  /** Done already, it would be refused. */
  private Map<String, String> again(Path run, Cli.Ran before) throws IOException {
    return before.exitCode() == 0 ? bytes(run) : finish(update(run), run, "again");
  }

  private String[] update(Path run) {
    return new String[] {
      "train",
      "--continue",
      run.toString(),
      "--data",
      shop.test().toString(),
      "--gate",
      "off",
      "--allow-drift",
      "all"
    };
  }
}
