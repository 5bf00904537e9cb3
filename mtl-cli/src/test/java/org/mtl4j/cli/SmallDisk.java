package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system in memory of a size that can be changed.
 *
 * @param folder where it is mounted
 */
record SmallDisk(Path folder) implements AutoCloseable {
  /** Skips the test where this user may not mount one. */
  static SmallDisk mount(Path folder, int bytes) throws IOException {
    Files.createDirectories(folder);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    assumeTrue(
        mounted,
        "skipped: this user may not mount a tmpfs; those with files that may not become larger run"
            + " all the same");
    return new SmallDisk(folder);
  }

  void resize(int bytes) throws IOException {
    remount("size=" + bytes);
  }

  void remount(String option) throws IOException {
    assertThat(run("mount", "-o", "remount," + option, folder.toString())).isTrue();
  }

  private static boolean run(String... words) throws IOException {
    return new ProcessBuilder(words).start().onExit().join().exitValue() == 0;
  }

  /** Encoded rows stay mapped until the garbage collector finds them: lazily, then. */
  @Override
  public void close() throws IOException {
    assertThat(run("umount", "-l", folder.toString())).isTrue();
  }
}
