package org.mtl4j.data.source;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Two files with tabs, one of them packed by zstd, keep the contract. */
class TsvSourceContractTest extends BatchSourceContractTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    StringBuilder first = new StringBuilder("user\tnote\tprice\n");
    StringBuilder second = new StringBuilder("user\tnote\tprice\r\n");
    for (int i = 0; i < 13; i++) {
      first.append("u%d\t\"a\ttab,\nin two lines\"\t%s%n".formatted(i, i % 3 == 0 ? "" : i));
      second.append("u%d\tplain, with a comma\t%d.5\r\n".formatted(i, i));
    }
    TestFiles.write(folder.resolve("log-1.tsv"), first.toString());
    TestFiles.zstd(folder.resolve("log-2.tsv.zst"), second.toString());
  }

  @Override
  protected CsvSource source() {
    return new CsvSource(TsvConfig.of(folder + "/log-*").csv());
  }
}
