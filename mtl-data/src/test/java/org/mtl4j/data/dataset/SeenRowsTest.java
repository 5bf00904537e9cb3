package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;

class SeenRowsTest {
  @Test
  void rowsAreRememberedUntilTheShareOfTheHeapIsUsedUp() {
    RawBatch rows = rows(4_000);
    // A table of 4,096 places of 16 bytes, and that of 2,048 while it grows; no larger one.
    SeenRows seen = new SeenRows(1, new HeapShare(0.25, 4 * (65_536 + 32_768)));
    for (int row = 0; row < 2_048; row++) {
      assertThat(seen.add(rows, row)).isTrue();
      assertThat(seen.add(rows, row)).isFalse();
    }
    MtlException error = catchThrowableOfType(MtlException.class, () -> seen.add(rows, 2_048));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessage(
            "data.drop_duplicates: Expected what fits into 25 % of the heap, 0.1 MB; found that"
                + " remembering 2,049 different rows, 16 bytes each, takes more. Drop duplicates"
                + " once, where the file is made, and leave drop_duplicates out. Or give Java a"
                + " larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
  }

  private static RawBatch rows(int n) {
    Object values = IntStream.range(0, n).asDoubleStream().toArray();
    return new RawBatch(
        Columns.of(ColumnType.NUMBER, List.of("x")), n, 0, List.of(values), row -> "row " + row);
  }
}
