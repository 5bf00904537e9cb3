package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.testkit.Folders;

/** An output folder that is a link to another, on a larger disk say. */
class LinkedFolderTest {
  @TempDir private Path folder;

  @Test
  void aRunGoesWhereTheLinkLeadsAndTheLinkStays() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Ran ran = Cli.run("train", shop.experiment().toString(), "--output", link.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Folders.names(real)).contains("metrics.json", "report.html", "export");
  }

  @Test
  void aRunThatIsRefusedLeavesTheLink() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Files.writeString(shop.train(), "user,item,price,click,rating,mood\n");
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Ran ran = Cli.run("train", shop.experiment().toString(), "--output", link.toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(link).isSymbolicLink();
    assertThat(real).isEmptyDirectory();
  }
}
