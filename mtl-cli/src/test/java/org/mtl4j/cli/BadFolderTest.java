package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.core.file.Folders;

/** What is said, word for word, of folders that are files or have no name. */
class BadFolderTest extends BrokenShopTest {
  private static final String OUTPUT_REMEDY = "  Choose another folder with --output.";

  private void assertSaid(Ran ran, String... lines) {
    assertThat(shop.said(ran)).isEqualTo(String.join("\n", lines) + "\n");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void trainingIntoAFile() throws IOException {
    for (String output : new String[] {"DIR/log.csv", "DIR/log.csv/x"}) {
      for (String command : new String[] {"train DIR/broken.yaml", "quickstart"}) {
        assertSaid(
            shop.mtl((command + " --output " + output).split(" ", -1)),
            "error: DIR/log.csv: Expected a folder, found a file.",
            OUTPUT_REMEDY);
      }
    }
    assertThat(folder.resolve("log.csv")).content().isEqualTo(BrokenShop.HEADER + BrokenShop.ROWS);
  }

  @Test
  void exportingIntoAFile() throws IOException {
    assertThat(shop.train().exitCode()).isZero();
    for (String to : new String[] {"DIR/log.csv", "DIR/log.csv/x"}) {
      assertSaid(
          shop.mtl("export", "--run", "DIR/run", "--to", to),
          "error: DIR/log.csv: Expected a folder, found a file.",
          "  Choose another folder with --to.");
    }
  }

  @Test
  void checkpointsThatAreAFile() throws IOException {
    assertThat(shop.train().exitCode()).isZero();
    Path checkpoints = shop.run().resolve("checkpoints");
    Folders.delete(checkpoints);
    Files.writeString(checkpoints, "mine");
    assertSaid(
        shop.train("--resume"),
        "error: DIR/run/checkpoints: Expected a folder, found a file.",
        "  Move it out of the way, or choose another folder with --output.");
  }

  @Test
  void anEmptyName() {
    assertSaid(
        shop.mtl("train", "DIR/broken.yaml", "--output", ""),
        "error: mtl train: Invalid value for option '--output': expected a file or folder,"
            + " found an empty name (. is the current directory).",
        "  See mtl train --help.");
    assertSaid(
        shop.mtl("export", "--run", "DIR/run", "--to", ""),
        "error: mtl export: Invalid value for option '--to': expected a file or folder, found"
            + " an empty name (. is the current directory).",
        "  See mtl export --help.");
    assertSaid(
        shop.mtl("train", ""),
        "error: mtl train: Invalid value for positional parameter at index 0 (EXPERIMENT.yaml):"
            + " expected a file or folder, found an empty name (. is the current directory).",
        "  See mtl train --help.");
    assertThat(shop.run()).doesNotExist();
  }
}
