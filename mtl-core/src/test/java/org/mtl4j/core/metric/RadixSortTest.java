package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RadixSortTest {
  private static final long SEED = 11;

  private final Random random = new Random(SEED);

  @Test
  void keysOverAllBitsAreSortedAsUnsignedNumbers() {
    assertSorted(random::nextLong);
  }

  @Test
  void equalKeysKeepTheirOrder() {
    assertSorted(() -> random.nextInt(5));
  }

  @Test
  void anOddNumberOfDigitsIsSortedToo() {
    assertSorted(() -> random.nextInt(1 << 11));
  }

  @Test
  void keysThatDifferInTheHighestBitsAloneAreSorted() {
    assertSorted(() -> (long) random.nextInt(16) << 60);
  }

  @Test
  void noKeyAndOneKeyAreSorted() {
    assertThat(RadixSort.sort(new KeyedRows(new long[0], new int[0])).rows()).isEmpty();
    assertThat(RadixSort.sort(new KeyedRows(new long[] {-1}, new int[] {7})).rows())
        .containsExactly(7);
  }

  @Test
  void scoresFallWhateverTheirSignAndSize() {
    double[] scores = {
      -0.5,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      3,
      -Double.MAX_VALUE,
      0,
      Double.POSITIVE_INFINITY,
      -Double.MIN_VALUE,
      1e-300
    };

    assertThat(KeyedRows.byFallingScore(Numbers.of(scores)).rows())
        .containsExactly(6, 3, 8, 2, 5, 7, 0, 4, 1);
  }

  @Test
  void zeroAndMinusZeroAreTied() {
    KeyedRows ranking = KeyedRows.byFallingScore(Numbers.of(-1, -0.0, 0.0, 1));

    assertThat(ranking.rows()).containsExactly(3, 1, 2, 0);
    assertThat(ranking.endOfTie(1)).isEqualTo(3);
  }

  private void assertSorted(LongSupplier key) {
    long[] keys = LongStream.generate(key).limit(3000).toArray();
    int[] expected =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparing((Integer row) -> keys[row], Long::compareUnsigned))
            .mapToInt(row -> row)
            .toArray();

    KeyedRows sorted =
        RadixSort.sort(new KeyedRows(keys.clone(), IntStream.range(0, keys.length).toArray()));

    assertThat(sorted.rows()).as("rows, seed %d", SEED).isEqualTo(expected);
    assertThat(sorted.keys())
        .as("keys, seed %d", SEED)
        .isEqualTo(IntStream.of(expected).mapToLong(row -> keys[row]).toArray());
  }
}
