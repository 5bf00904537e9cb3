package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

class JoinedRowsTest {
  private static final Columns COLUMNS =
      new Columns(
          List.of(
              new Columns.Column("x", ColumnType.NUMBER),
              new Columns.Column("t", ColumnType.TEXT)));

  private static RawBatch block(String name, long[] records, double[] x, String... t) {
    return RawBatch.ofRecords(COLUMNS, records, List.of(x, t), row -> name + row);
  }

  @Test
  void rowsKeepValuesRecordsPlacesAndMarks() {
    RawBatch first = block("a", new long[] {3, 9}, new double[] {1, Double.NaN}, "p", null);
    RawBatch second =
        block("b", new long[] {20}, new double[] {7}, "q")
            .withDrawn(new DrawnRows(new boolean[] {true}, Set.of("click")));
    RawBatch joined = JoinedRows.of(List.of(first, second));
    assertThat(joined.rowCount()).isEqualTo(3);
    assertThat((double[]) joined.values(0)).containsExactly(1, Double.NaN, 7);
    assertThat(joined.texts(1)).containsExactly("p", null, "q");
    assertThat(List.of(joined.record(0), joined.record(1), joined.record(2)))
        .containsExactly(3L, 9L, 20L);
    assertThat(List.of(joined.place(1), joined.place(2))).containsExactly("a1", "b0");
    assertThat(joined.drawn().orElseThrow().rows()).containsExactly(false, false, true);
    assertThat(joined.drawn().orElseThrow().tasks()).containsExactly("click");
    assertThat(JoinedRows.of(List.of(first, first)).drawn()).isEmpty();
  }

  @Test
  void blocksOfOtherColumnsAreRefused() {
    RawBatch one = block("a", new long[] {0}, new double[] {1}, "p");
    RawBatch other =
        RawBatch.ofRecords(
            Columns.of(ColumnType.NUMBER, List.of("x")),
            new long[] {1},
            List.of(new double[] {1}),
            row -> "b");
    assertThatThrownBy(() -> JoinedRows.of(List.of(one, other)))
        .hasMessage("expected blocks of the same columns, found those of [[x, t], [x]]");
    assertThatThrownBy(() -> JoinedRows.of(List.of()))
        .hasMessage("expected blocks of the same columns, found those of []");
  }

  @Test
  void labelsOfSomeRowsAreThoseRows() {
    LabelColumn sets =
        new LabelColumn(
            new float[] {1, 0, 0, 1, 1, 1},
            new boolean[] {true, false, true},
            new float[] {1, 2, 3},
            2);
    LabelColumn some = sets.select(2, 0);
    assertThat(some.labels()).containsExactly(1, 1, 1, 0);
    assertThat(some.mask()).containsExactly(true, true);
    assertThat(some.weights()).containsExactly(3, 1);
    assertThat(some.young()).isEmpty();
  }
}
