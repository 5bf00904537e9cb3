package org.mtl4j.data.union;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.data.source.sql.SourceRows;
import org.mtl4j.testkit.BatchSourceContractTest;

class PaddedSourceContractTest extends BatchSourceContractTest {
  @Override
  protected PaddedSource source() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(Map.of("user", i));
    }
    return new PaddedSource(BatchSource.of(rows), Set.of("user", "price", "city"));
  }

  @Test
  void columnsThatItLacksAreMissingAndNamed() {
    PaddedSource source = source();
    assertThat(source.columns().names()).containsExactly("user", "city", "price");
    assertThat(SourceRows.of(source)).element(1).isEqualTo(Arrays.asList("1", null, null));
    assertThat(source.warnings())
        .containsExactly(
            "None of the domains given has \"city\", \"price\": missing in every row.");
    BatchSource whole = new PaddedSource(source, Set.of("user"));
    assertThat(whole.columns().names()).isEqualTo(source.columns().names());
  }
}
