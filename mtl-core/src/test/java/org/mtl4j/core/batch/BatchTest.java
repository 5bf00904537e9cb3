package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  /** The ids that unique and inverse stand for, place by place. */
  private static long[] restored(IdBlock block) {
    LongBuffer unique = block.unique();
    IntBuffer inverse = block.inverse();
    return IntStream.range(0, inverse.remaining())
        .mapToLong(i -> unique.get(inverse.get(i)))
        .toArray();
  }

  private static long[] expected(EncodedRows rows, int[] order, int from, int size) {
    return IntStream.range(from, from + size)
        .boxed()
        .flatMapToLong(
            i ->
                IntStream.range(0, 3)
                    .mapToLong(
                        c -> TestEncoded.STORE.offsets().get(c) + rows.ids().get(c)[order[i]]))
        .toArray();
  }

  private static int[] order(int n) {
    return new Random(SEED).ints(n, 0, n).toArray();
  }

  @Test
  void batchOfNoRowsTouchesNoRowOfATable() {
    Batch batch = new Batch(TestEncoded.layout(40));
    batch.fill(TestEncoded.random(5, SEED), new int[0], 0, 0);
    assertThat(batch.size()).isZero();
    assertThat(batch.ids().get(0).unique().remaining()).isZero();
  }

  @Test
  void uniqueIdsAndTheirInverseGiveTheIdsBack() {
    EncodedRows rows = TestEncoded.random(100, SEED);
    int[] order = order(100);
    Batch batch = new Batch(TestEncoded.layout(40));
    for (int from : new int[] {0, 40, 60}) {
      batch.fill(rows, order, from, 40);
      assertThat(restored(batch.ids().get(0)))
          .as("from %d, seed %d", from, SEED)
          .isEqualTo(expected(rows, order, from, 40));
    }
  }

  @Test
  void everyIdStandsOnceInTheOrderOfItsFirstColumn() {
    EncodedRows rows = TestEncoded.random(100, SEED);
    int[] order = order(100);
    Batch batch = new Batch(TestEncoded.layout(100));
    batch.fill(rows, order, 0, 100);
    Set<Long> inOrder = new LinkedHashSet<>();
    for (int c = 0; c < 3; c++) {
      for (int row : order) {
        inOrder.add(TestEncoded.STORE.offsets().get(c) + rows.ids().get(c)[row]);
      }
    }
    LongBuffer unique = batch.ids().get(0).unique();
    long[] found = new long[unique.remaining()];
    unique.get(found);
    assertThat(found).as("seed %d", SEED).containsExactly(toArray(inOrder));
  }

  private static long[] toArray(Set<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).toArray();
  }

  @Test
  void idsFarApartKeepApart() {
    // Multiples of a power of two meet in a hash table that looks at low bits only.
    int n = 512;
    int[] spread = IntStream.range(0, n).map(i -> i << 20).toArray();
    EncodedRows rows = new EncodedRows(n, List.of(spread), List.of(), Map.of(), Optional.empty());
    StoreColumns store = new StoreColumns(List.of(0), List.of(1L << 40));
    Batch batch = new Batch(new BatchLayout(n, List.of(store), 0, List.of()));
    batch.fill(rows, IntStream.range(0, n).toArray(), 0, n);
    assertThat(batch.ids().get(0).unique().remaining()).isEqualTo(n);
    assertThat(restored(batch.ids().get(0)))
        .isEqualTo(IntStream.of(spread).mapToLong(i -> (1L << 40) + i).toArray());
  }

  @Test
  void denseInputsLieRowByRow() {
    EncodedRows rows = TestEncoded.random(10, SEED);
    Batch batch = new Batch(TestEncoded.layout(4));
    batch.fill(rows, new int[] {9, 3, 5}, 0, 3);
    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.dense().remaining()).isEqualTo(6);
    int at = 0;
    for (int row : new int[] {9, 3, 5}) {
      assertThat(batch.dense().get(at++)).isEqualTo(rows.dense().get(0)[row]);
      assertThat(batch.dense().get(at++)).isEqualTo(rows.dense().get(1)[row]);
    }
  }

  /** An example weight of 0 is no say either, and 0 times an infinite loss would be NaN. */
  @Test
  void labelOfARowThatWeighsNothingIsZero() {
    EncodedRows rows = TestEncoded.random(4, SEED);
    LabelColumn click = rows.labels().get("click");
    click.mask()[2] = true;
    click.weights()[2] = 0;
    click.labels()[2] = 1e30f;
    Batch batch = new Batch(TestEncoded.layout(4));
    batch.fill(rows, new int[] {0, 1, 2, 3}, 0, 4);
    assertThat(batch.labels("click").get(2)).isZero();
    assertThat(batch.weights("click").get(2)).isZero();
  }

  @Test
  void maskedRowHasWeightAndLabelZeroWhateverStandsThere() {
    EncodedRows rows = TestEncoded.random(50, SEED);
    LabelColumn click = rows.labels().get("click");
    for (int r = 0; r < 50; r++) {
      if (!click.mask()[r]) {
        click.labels()[r] = r % 2 == 0 ? Float.NaN : 1e30f;
        click.weights()[r] = Float.NaN;
      }
    }
    Batch batch = new Batch(TestEncoded.layout(50));
    batch.fill(rows, IntStream.range(0, 50).toArray(), 0, 50);
    for (int r = 0; r < 50; r++) {
      boolean say = click.mask()[r];
      assertThat(batch.labels("click").get(r))
          .as("label of row %d, seed %d", r, SEED)
          .isEqualTo(say ? click.labels()[r] : 0);
      assertThat(batch.weights("click").get(r))
          .as("weight of row %d, seed %d", r, SEED)
          .isEqualTo(say ? click.weights()[r] : 0);
    }
  }

  @Test
  void smallerFillAfterALargerOneLeavesNothingBehind() {
    EncodedRows rows = TestEncoded.random(50, SEED);
    int[] order = order(50);
    Batch reused = new Batch(TestEncoded.layout(50));
    reused.fill(rows, order, 0, 50);
    reused.fill(rows, order, 30, 7);
    Batch fresh = new Batch(TestEncoded.layout(50));
    fresh.fill(rows, order, 30, 7);
    assertThat(reused.ids().get(0).unique()).isEqualTo(fresh.ids().get(0).unique());
    assertThat(reused.ids().get(0).inverse()).isEqualTo(fresh.ids().get(0).inverse());
    assertThat(reused.dense()).isEqualTo(fresh.dense());
    assertThat(reused.labels("click")).isEqualTo(fresh.labels("click"));
    assertThat(reused.weights("click")).isEqualTo(fresh.weights("click"));
  }

  @Test
  void moreRowsThanTheBatchHoldsAreRefused() {
    EncodedRows rows = TestEncoded.random(10, SEED);
    Batch batch = new Batch(TestEncoded.layout(4));
    assertThatThrownBy(() -> batch.fill(rows, order(10), 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at most 4 rows, found 5");
  }
}
