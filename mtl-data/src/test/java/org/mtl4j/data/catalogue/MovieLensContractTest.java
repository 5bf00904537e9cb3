package org.mtl4j.data.catalogue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Joined tables keep the contract of sources. */
class MovieLensContractTest extends BatchSourceContractTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    StringBuilder ratings = new StringBuilder();
    for (int i = 0; i < 23; i++) {
      ratings.append("%d\t%d\t%d\t%d\n".formatted(i % 4, i % 3, 1 + i % 5, 900 + i));
    }
    SetFiles.write(folder, "u.data", ratings.toString());
    SetFiles.write(folder, "u.user", "0|24|M|technician|85711", "1|53|F|other|94043");
    SetFiles.write(
        folder,
        "u.item",
        "0|Zero (1999)||||" + "0|".repeat(18) + "1",
        "1|One||||" + "1|".repeat(18) + "0");
  }

  @Override
  protected TableSource source() {
    return new MovieLens().open(folder);
  }
}
