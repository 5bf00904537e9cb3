package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;

class RowDaysTest {
  private static OptionalLong middle(RowTimes.Unit unit, Object... times) {
    BatchSource source = BatchSource.of(Stream.of(times).map(time -> Map.of("ts", time)).toList());
    RowDays days = new RowDays(new RowTimes("ts", Optional.empty(), unit), source.columns());
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> rows = cursor.next(2); rows.isPresent(); rows = cursor.next(2)) {
        days.observe(rows.get());
      }
    }
    return days.middle();
  }

  @Test
  void itIsTheDayOfTheMiddleRow() {
    assertThat(middle(RowTimes.Unit.SECONDS, 86_399, 86_400, 86_400 * 2)).hasValue(1);
    assertThat(middle(RowTimes.Unit.SECONDS, -1)).hasValue(-1);
    assertThat(middle(RowTimes.Unit.MILLISECONDS, 3 * 86_400_000L)).hasValue(3);
    assertThat(middle(RowTimes.Unit.MILLISECONDS, "1970-01-06", "1970-01-05", "1970-01-05"))
        .hasValue(4);
  }

  @Test
  void oneClockThatIsWrongByYearsChangesNothing() {
    assertThat(middle(RowTimes.Unit.SECONDS, 86_400, 4e9, 86_401)).hasValue(1);
  }

  @Test
  void aRowWithoutATimeIsNamed() {
    assertThatThrownBy(() -> middle(RowTimes.Unit.SECONDS, 1, Double.NaN))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("\"ts\"");
  }
}
