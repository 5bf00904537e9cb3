package org.mtl4j.data.union;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Two domains with rows that come from equal places keep the contract. */
class UnionSourceContractTest extends BatchSourceContractTest {
  @Override
  protected UnionSource source() {
    Map<String, BatchSource> domains = new LinkedHashMap<>();
    domains.put("us", BatchSource.of(rows("price", 9)));
    domains.put("de", BatchSource.of(rows("preis", 13)));
    return new UnionSource("domain", domains);
  }

  private static List<Map<String, Object>> rows(String number, int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Map.of("user", "u" + i, number, i));
    }
    return rows;
  }
}
