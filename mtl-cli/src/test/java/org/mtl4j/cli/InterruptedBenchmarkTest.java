package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.Folders;

/** A signal to a real process that makes a file of any size: it is deleted. */
@EnabledOnOs(OS.LINUX)
class InterruptedBenchmarkTest {
  @TempDir private Path folder;

  private Path files;

  @BeforeEach
  void makeFolder() throws Exception {
    files = Files.createDirectory(folder.resolve("files"));
  }

  private Child startedAndWriting() throws Exception {
    // So large that it is never whole.
    Child child =
        Child.start(folder, "bench", "ingest", "--gigabytes", "900", "--folder", files.toString());
    boolean writing = child.await(() -> size() > 1 << 20);
    assertThat(writing).as(child.said()).isTrue();
    return child;
  }

  private long size() {
    try {
      return Folders.names(files).isEmpty()
          ? 0
          : files.resolve(Folders.names(files).get(0)).resolve("clicks.csv").toFile().length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNothingIsLeft(Child child) throws Exception {
    assertThat(child.exitCode()).as(child.said()).isEqualTo(130);
    assertThat(child.said())
        .contains("making the file...", "Interrupted: what the benchmark has written is deleted")
        .doesNotContain("error:", "parsing...");
    assertThat(files).isEmptyDirectory();
  }

  @Test
  void ctrlCLeavesNothing() throws Exception {
    try (Child child = startedAndWriting()) {
      child.interrupt();
      assertNothingIsLeft(child);
    }
  }

  @Test
  void sigtermLeavesNothing() throws Exception {
    try (Child child = startedAndWriting()) {
      child.signal("TERM");
      assertNothingIsLeft(child);
    }
  }
}
