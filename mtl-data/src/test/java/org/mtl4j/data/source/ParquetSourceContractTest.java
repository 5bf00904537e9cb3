package org.mtl4j.data.source;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.source.sql.SourceRows;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Two files of many row groups keep the contract. */
class ParquetSourceContractTest extends BatchSourceContractTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    for (int file = 1; file <= 2; file++) {
      SourceRows.duckDb(
          "copy (select i, if(i % 3 = 0, null, 'user ' || i) as name, i / 7 as price"
              + " from range(5000) t(i)) to '"
              + folder.resolve("log-" + file + ".parquet")
              + "' (row_group_size 2048)");
    }
  }

  @Override
  protected ParquetSource source() {
    return new ParquetSource(ParquetConfig.of(folder + "/log-*"));
  }
}
