package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/** Numbers of records, which a float32 cannot hold, come out of two of them as they went in. */
class RecordMarksTest {
  @Test
  void numbersBelow2To48ComeBack() {
    for (long first :
        new long[] {0, (1 << 24) - 1, (1L << 25) + 3, 5_000_000_001L, (1L << 48) - 3}) {
      RawBatch rows =
          new RawBatch(
              Columns.of(ColumnType.NUMBER, List.of("price")),
              3,
              first,
              List.of(new double[3]),
              row -> "");
      LabelColumn click = new LabelColumn(new float[3], new boolean[3], new float[3]);
      Map<String, LabelColumn> marked = RecordMarks.mark(rows, Map.of("click", click));
      assertThat(marked).containsEntry("click", click).hasSize(2);
      assertThat(RecordMarks.of(marked)).containsExactly(first, first + 1, first + 2);
    }
  }
}
