package org.mtl4j.data.source.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Rows of a real PostgreSQL keep the contract. */
class JdbcSourceContractTest extends BatchSourceContractTest {
  private static Postgres server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new Postgres(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected JdbcSource source() {
    return new JdbcSource(
        server.config(
            "select i, i::bigint + 9007199254740993 as id, i / 7.0 as price, case when i % 4 > 0"
                + " then 'user ' || i else ' ' end as name from generate_series(1, 350) i"));
  }
}
