package org.mtl4j.data.lookup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.lookup.JoinedTable;
import org.mtl4j.core.lookup.LookupSource;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Rows with columns of a table in memory. */
class LookupSourceContractTest extends BatchSourceContractTest {
  @Override
  protected BatchSource source() {
    List<Map<String, Integer>> rows =
        IntStream.range(0, 25).mapToObj(x -> Map.of("x", x, "id", x % 9)).toList();
    List<Map<String, Object>> items =
        IntStream.range(0, 7)
            .mapToObj(x -> Map.<String, Object>of("id", x, "price", x / 4.0, "name", "item " + x))
            .toList();
    LookupSpec spec =
        new LookupSpec(
            "items",
            "id",
            "id",
            List.of(
                new LookupSpec.Column("price", ColumnType.NUMBER, Optional.empty()),
                new LookupSpec.Column("name", ColumnType.TEXT, Optional.of("none"))),
            100);
    return LookupSource.joined(
        BatchSource.of(rows),
        List.of(new JoinedTable(spec, new FileLookupTable(BatchSource.of(items)))));
  }
}
