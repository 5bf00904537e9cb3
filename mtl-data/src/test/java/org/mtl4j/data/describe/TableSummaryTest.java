package org.mtl4j.data.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;

class TableSummaryTest {
  private static ColumnSummary only(List<Map<String, Object>> rows) {
    return TableSummary.of(BatchSource.of(rows)).columns().get(0);
  }

  private static List<Map<String, Object>> column(Object... values) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object value : values) {
      Map<String, Object> row = new HashMap<>();
      row.put("x", value);
      rows.add(row);
    }
    return rows;
  }

  @Test
  void numbersHaveARange() {
    ColumnSummary summary = only(column("1", "-2.5", null, "4e1"));
    assertThat(summary.type()).isEqualTo(ColumnSummary.Type.NUMBER);
    assertThat(summary.missing()).isEqualTo(1);
    ColumnSummary.Range range = summary.range().orElseThrow();
    assertThat(range.min()).isEqualTo(-2.5);
    assertThat(range.max()).isEqualTo(40);
    assertThat(range.mean()).isCloseTo(38.5 / 3, within(1e-12));
  }

  @Test
  void oneValueThatIsNoNumberMakesAColumnText() {
    ColumnSummary summary = only(column("1", "2", "two", "2"));
    assertThat(summary.type()).isEqualTo(ColumnSummary.Type.TEXT);
    assertThat(summary.range()).isEmpty();
    assertThat(summary.frequent().get(0)).isEqualTo(new ColumnSummary.Frequent("2", 2));
  }

  @Test
  void infinityIsNoNumber() {
    assertThat(only(column("1", "Infinity")).type()).isEqualTo(ColumnSummary.Type.TEXT);
  }

  @Test
  void aColumnWithoutValuesIsEmpty() {
    ColumnSummary summary = only(column(null, null));
    assertThat(summary.type()).isEqualTo(ColumnSummary.Type.EMPTY);
    assertThat(summary.missing()).isEqualTo(2);
    assertThat(summary.distinct()).isEqualTo(new ColumnSummary.Distinct(0, true));
  }

  @Test
  void valuesOfEqualCountComeInTheirNaturalOrder() {
    assertThat(only(column("b", "a", "c", "b", "c", "a")).frequent())
        .extracting(ColumnSummary.Frequent::value)
        .containsExactly("a", "b", "c");
  }

  @Test
  void differentValuesAreCountedUpToALimit() {
    Object[] values = new Object[12_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = "v" + i;
    }
    TableSummary summary = TableSummary.of(BatchSource.of(column(values)));
    assertThat(summary.rows()).isEqualTo(12_000);
    assertThat(summary.columns().get(0).distinct())
        .isEqualTo(new ColumnSummary.Distinct(10_000, false));
  }
}
