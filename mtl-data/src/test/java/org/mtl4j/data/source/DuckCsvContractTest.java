package org.mtl4j.data.source;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.source.sql.DuckDbConfig;
import org.mtl4j.testkit.BatchSourceContractTest;

/** What {@link CsvSourceContractTest} asks of the other engine, of this one. */
class DuckCsvContractTest extends BatchSourceContractTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    StringBuilder first = new StringBuilder("user,note,price\n");
    StringBuilder second = new StringBuilder("user,note,price\r\n");
    for (int i = 0; i < 13; i++) {
      first.append("u%d,\"a \"\"note\"\",\nin two lines\",%s%n".formatted(i, i % 3 == 0 ? "" : i));
      second.append("u%d,plain,%d.5\r\n".formatted(i, i));
    }
    TestFiles.write(folder.resolve("log-1.csv"), first.toString());
    TestFiles.gzip(folder.resolve("log-2.csv.gz"), second.toString());
  }

  @Override
  protected CsvSource source() {
    return new CsvSource(CsvConfig.of(folder + "/log-*").byDuckDb(DuckDbConfig.DEFAULTS));
  }
}
