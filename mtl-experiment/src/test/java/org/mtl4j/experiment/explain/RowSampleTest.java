package org.mtl4j.experiment.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

class RowSampleTest {
  private static BatchSource source(int rows) {
    return BatchSource.of(
        Columns.of(ColumnType.NUMBER, List.of("n")),
        () -> IntStream.range(0, rows).mapToObj(n -> Map.of("n", (double) n)));
  }

  private static double[] numbers(RowSample sample) {
    RawBatch rows = sample.rows().orElseThrow();
    return IntStream.range(0, rows.rowCount()).mapToDouble(r -> rows.number(0, r)).toArray();
  }

  /** Every row is as likely as another: of 200 drawings a row is in as many as its share. */
  @Test
  void rowsAreDrawnOnceEachEvenlyAndInOrder() {
    int[] hits = new int[10_000];
    for (int seed = 0; seed < 200; seed++) {
      RowSample sample = RowSample.of(source(10_000), 1000, new Seed(seed));
      double[] drawn = numbers(sample);
      assertThat(drawn).hasSize(1000);
      for (int i = 0; i < drawn.length; i++) {
        assertThat(i == 0 || drawn[i] > drawn[i - 1]).isTrue();
        hits[(int) drawn[i]]++;
      }
      assertThat(sample.total()).isEqualTo(10_000);
    }
    // 20 expected of 200 with 0.1, deviation 4.2; blocks have 2000 rows and 40,000 hits or so.
    assertThat(Arrays.stream(hits).max().orElseThrow()).isLessThan(45);
    for (int from = 0; from < 10_000; from += 2000) {
      assertThat(Arrays.stream(hits, from, from + 2000).sum()).isBetween(39_000, 41_000);
    }
  }

  @Test
  void fewRowsAreAllTaken() {
    for (int rows : new int[] {1, 7, 4097}) {
      RowSample sample = RowSample.of(source(rows), 5000, new Seed(1));
      assertThat(numbers(sample)).isEqualTo(IntStream.range(0, rows).mapToDouble(n -> n).toArray());
    }
  }

  @Test
  void equalSeedsDrawEqualRows() {
    assertThat(numbers(RowSample.of(source(9000), 100, new Seed(5))))
        .isEqualTo(numbers(RowSample.of(source(9000), 100, new Seed(5))))
        .isNotEqualTo(numbers(RowSample.of(source(9000), 100, new Seed(6))));
  }
}
