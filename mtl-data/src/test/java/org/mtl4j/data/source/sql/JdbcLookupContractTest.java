package org.mtl4j.data.source.sql;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.FeatureLookupContractTest;

/** Rows of a real PostgreSQL, by a whole number. */
class JdbcLookupContractTest extends FeatureLookupContractTest {
  private static final int ROWS = 2_500;
  private static Postgres server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new Postgres(folder);
    server.run(
        "create table items as select 1000 + i as item_id, i % 100 / 4.0::float8 as price,"
            + " case when i % 5 > 0 then 'genre ' || i % 13 end as \"the \"\"Genre\""
            + " from generate_series(0, "
            + (ROWS - 1)
            + ") i");
    server.run("insert into items values (null, 7, 'lost'), (null, 8, 'lost')");
    server.run("grant select on items to reader");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected JdbcLookupTable table() {
    return new JdbcLookupTable(
        new JdbcLookupConfig(
            server.url(),
            "select * from items order by price;",
            Optional.of("reader"),
            Optional.of(Postgres.reference(Postgres.PASSWORD))));
  }

  @Override
  protected String key() {
    return "item_id";
  }

  @Override
  protected Map<String, Map<String, String>> entries() {
    Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    for (int i = 0; i < ROWS; i++) {
      double price = i % 100 / 4.0;
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("price", price == (int) price ? "" + (int) price : "" + price);
      entry.put("the \"Genre", i % 5 == 0 ? null : "genre " + i % 13);
      entries.put(Integer.toString(1000 + i), entry);
    }
    return entries;
  }
}
