package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.TestSeed;

/**
 * The disk is full at some point of a run: exit 2 with the file and what to do, whatever has its
 * name is whole, and with more room the run goes on and ends with the bytes of one that had it all
 * the time.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final int PAGE = 4096;
  private static final int LARGE = 64 << 20;

  @TempDir private Path folder;

  private TinyShop shop;
  private Map<String, String> straight;

  @BeforeEach
  void trainStraight() throws IOException {
    // The export's graph must be larger than all files before it, the encoded rows among them.
    shop = TinyShop.in(folder).with("tower_layers: []", "tower_layers: [4, 4]");
    straight = finish(folder.resolve("straight"));
  }

  private String[] train(Path run, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("train", shop.experiment().toString(), "--output", run.toString(), "--resume"));
    words.addAll(List.of(options));
    return words.toArray(String[]::new);
  }

  private Map<String, String> finish(Path run, String... options) throws IOException {
    Ran ran = Cli.run(train(run, options));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return RunBytes.of(run);
  }

  private long size(String name) {
    return folder.resolve("straight").resolve(name).toFile().length();
  }

  /** What has its name has the bytes of the straight run, or fewer epochs of the history. */
  private void assertNothingHalf(String what, Path run) throws IOException {
    if (!Files.exists(run)) {
      return; // It was full before there was a run.
    }
    Map<String, String> found = RunBytes.of(run);
    if (found.remove("history.jsonl") != null) {
      String history = Files.readString(run.resolve("history.jsonl"));
      assertThat(Files.readString(folder.resolve("straight/history.jsonl"))).startsWith(history);
      assertThat(history).as(what).endsWith("\n");
    }
    assertThat(straight.entrySet()).as(what).containsAll(found.entrySet());
  }

  /** No root needed: no file of the process may become larger than so much. */
  @Test
  void filesThatMayNotBecomeLarger() throws Exception {
    long graph = size("export/1/saved_model.pb");
    Path run = folder.resolve("run");
    assertLimited(1024, run.resolve("encoded-rows").toString(), train(run));
    assertThat(run).doesNotExist();
    assertLimited(graph - 1024, run.resolve("export/1").toString(), train(run));
    assertNothingHalf("no room for the export", run);
    assertThat(Folders.names(run.resolve("checkpoints"))).hasSize(2);
    assertThat(finish(run)).isEqualTo(straight);
  }

  @Test
  void checkpointsThatMayNotBecomeSoLarge() throws Exception {
    String[] wide = {"--set", "model.bottom_layers=[512]"};
    Path run = folder.resolve("run");
    assertLimited(32 << 10, run.resolve("checkpoints/step-").toString(), train(run, wide));
    assertThat(run.resolve("checkpoints")).isEmptyDirectory();
    assertThat(finish(run, wide)).isEqualTo(finish(folder.resolve("straight-wide"), wide));
  }

  private void assertLimited(long bytes, String place, String... train) throws Exception {
    try (Child child = Child.startWithFilesUpTo((int) bytes, folder, train)) {
      assertThat(child.exitCode()).as(child.said()).isEqualTo(2);
      assertThat(child.said()).contains(place, "File too large", "room");
    }
  }

  @Test
  void aDiskThatIsFullAtSomePoint() throws Exception {
    int whole = (int) straight.keySet().stream().mapToLong(this::size).sum();
    for (int i = 1; i <= 3; i++) {
      fillUp(PAGE + TestSeed.random().nextInt(whole * i / 3));
    }
  }

  /** Page by page, so that the disk is full at each of the files; the report has hundreds. */
  @Test
  void aDiskThatIsFullAtEveryPoint() throws Exception {
    Set<String> places = new TreeSet<>();
    String place = "";
    int step = 1;
    for (int pages = 1; pages == 1 || !place.isEmpty(); pages += step) {
      place = fillUp(pages * PAGE);
      places.add(place);
      step = place.equals("report.html") ? 32 : 1;
    }
    assertThat(places)
        .as("where it was full")
        .anyMatch(file -> file.startsWith("checkpoints/step-"))
        .contains("history.jsonl", "export/1", "report.html");
  }

  /** The file that was named, relative to the run; empty if there was room enough. */
  private String fillUp(int bytes) throws Exception {
    String what = "%d bytes, seed %d".formatted(bytes, TestSeed.value());
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk-" + bytes), bytes)) {
      Path run = disk.folder().resolve("run");
      Ran ran = Cli.run(train(run));
      String place = "";
      if (ran.exitCode() != 0) {
        assertThat(ran.exitCode()).as("%s: %s", what, ran.err()).isEqualTo(2);
        assertThat(ran.err()).as(what).contains("No space left on device").contains("room");
        assertNothingHalf(what, run);
        Matcher named = Pattern.compile(Pattern.quote(run + "/") + "([^:\\s]*)").matcher(ran.err());
        assertThat(named.find()).as("%s: a file is named in %s", what, ran.err()).isTrue();
        place = named.group(1);
      }
      disk.resize(LARGE);
      assertThat(finish(run)).as("%s, full at %s", what, place).isEqualTo(straight);
      return place;
    }
  }

  @Test
  void predictionsOntoAFullDiskLeaveNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), PAGE)) {
      Path output = disk.folder().resolve("p.csv");
      String[] predict = {
        "predict",
        "--run",
        folder.resolve("straight").toString(),
        "--data",
        shop.test().toString(),
        "--output",
        output.toString()
      };
      Ran ran = Cli.run(predict);
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).contains(output.toString(), "No space left on device", "room");
      assertThat(disk.folder()).isEmptyDirectory();
      assertThat(openFiles()).noneMatch(file -> file.startsWith(disk.folder().toString()));
      disk.resize(LARGE);
      assertThat(Cli.run(predict).exitCode()).isZero();
      assertThat(Files.readAllLines(output)).hasSize(101);
    }
  }

  /** Rows that do not fit into the heap go to files, which have no room either. */
  @Test
  void scoresOntoAFullDiskLeaveNothing() throws Exception {
    Path scores = folder.resolve("scores.csv");
    ScoresInFilesTest.write(scores);
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 16 << 20);
        Child child =
            Child.startWith(
                List.of("-Xmx64m", "-Djava.io.tmpdir=" + disk.folder()),
                folder,
                ScoresInFilesTest.evaluate(scores))) {
      assertThat(child.exitCode()).as(child.said()).isEqualTo(2);
      assertThat(child.said())
          .contains(
              "error: "
                  + disk.folder()
                  + ": The rows of an evaluation do not fit into their share of the heap, and cannot"
                  + " be kept in a file there: java.io.IOException: No space left on device.",
              "Make room there, name another folder by"
                  + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
      assertThat(disk.folder()).isEmptyDirectory();
    }
  }

  /** Root may write to every folder, but not to a disk that is mounted for reading. */
  @Test
  void anOutputFolderThatCannotBeWrittenIsRefusedBeforeTraining() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), LARGE)) {
      Path taken = Files.createDirectory(disk.folder().resolve("taken"));
      disk.remount("ro");
      assertNotWritable(disk.folder().resolve("run"), "Read-only file system");
      assertNotWritable(taken, "no permission to write there");
      assertThat(Folders.names(disk.folder())).containsExactly("taken");
      assertThat(taken).isEmptyDirectory();
    }
  }

  /** The tables are there all the same. */
  @Test
  void aComparisonOfRunsThatLieWhereNothingCanBeWrittenHasNoPage() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), LARGE)) {
      Path run = disk.folder().resolve("run");
      Copies.copy(folder.resolve("straight"), run);
      disk.remount("ro");
      Ran ran = Cli.run("compare", run.toString(), folder.resolve("straight").toString());
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      assertThat(ran.out()).contains("no difference shown", "examples/s");
      Path page = disk.folder().resolve("comparison.html");
      assertThat(ran.err())
          .startsWith("no page " + page + ": The file or folder cannot be read or written: ")
          .contains("Read-only file system. Name another place with --report FILE")
          .hasLineCount(1);
      Path elsewhere = folder.resolve("page.html");
      Ran told =
          Cli.run(
              "compare",
              run.toString(),
              folder.resolve("straight").toString(),
              "--report",
              elsewhere.toString());
      assertThat(told.exitCode()).as(told.err()).isZero();
      assertThat(elsewhere).isRegularFile();
    }
  }

  private void assertNotWritable(Path run, String why) {
    Ran ran = Cli.run(train(run));
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "error: "
                + run
                + ": Expected a folder to write the run to, found none that can be made or written",
            why,
            "Choose another folder with --output.");
  }

  /** What this process has open; a file that is deleted as well. */
  private static List<String> openFiles() throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.filter(Files::isSymbolicLink).toList()) {
        try {
          open.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException e) {
          // That of this very list.
        }
      }
    }
    return open;
  }
}
