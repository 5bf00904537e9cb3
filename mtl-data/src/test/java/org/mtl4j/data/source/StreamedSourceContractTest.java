package org.mtl4j.data.source;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.testkit.BatchSourceContractTest;

/**
 * {@link BatchSource#of(java.util.function.Supplier)} keeps the contract. It stands here because
 * core cannot see the testkit.
 */
class StreamedSourceContractTest extends BatchSourceContractTest {
  @Override
  protected BatchSource source() {
    return BatchSource.of(() -> IntStream.range(0, 25).mapToObj(this::row));
  }

  private Map<String, Object> row(int i) {
    Map<String, Object> row = new HashMap<>();
    row.put("user", i % 6 == 0 ? " " : "u\ud800" + i % 7);
    row.put("id", (1L << 60) + i);
    row.put("price", i % 5 == 0 ? null : i / 4.0);
    row.put("click", i % 3 == 0);
    return row;
  }
}
