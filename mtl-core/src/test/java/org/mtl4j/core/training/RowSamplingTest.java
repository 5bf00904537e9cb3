package org.mtl4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;

class RowSamplingTest {
  private static final Seed SEED = new Seed(11);

  /** 30 rows once, 20 rows at .25, 10 rows at 2.4 and 5 rows never: 30 + 5 + 24. */
  private static final RowSampling MIXED = RowSampling.of(65, RowSamplingTest::mixed);

  private static double mixed(int row) {
    if (row < 30) {
      return 1;
    }
    if (row < 50) {
      return .25;
    }
    return row < 60 ? 2.4 : 0;
  }

  @Test
  void anEpochTakesRowsAsTheirRatiosSay() {
    assertThat(MIXED.epochRows()).isEqualTo(59);
    assertThat(MIXED.arithmetic()).isEqualTo("59 = 30 x 1 + 20 x 0.25 + 10 x 2.4 + 5 x 0");
    for (int epoch = 0; epoch < 20; epoch++) {
      int[] times = times(MIXED.rows(SEED, epoch));
      assertThat(Arrays.copyOfRange(times, 0, 30)).containsOnly(1);
      assertThat(Arrays.copyOfRange(times, 30, 50)).containsOnly(0, 1);
      assertThat(Arrays.stream(times, 30, 50).sum()).isEqualTo(5);
      assertThat(Arrays.copyOfRange(times, 50, 60)).containsOnly(2, 3);
      assertThat(Arrays.stream(times, 50, 60).sum()).isEqualTo(24);
      assertThat(Arrays.copyOfRange(times, 60, 65)).containsOnly(0);
    }
  }

  @Test
  void thinnedRowsAreDrawnEvenlyAndAnewInEachEpoch() {
    RowSampling sampling = RowSampling.of(8, row -> .25);
    int[] times = new int[8];
    Set<BitSet> pairs = new HashSet<>();
    int epochs = 2_800;
    for (int epoch = 0; epoch < epochs; epoch++) {
      BitSet taken = new BitSet();
      Arrays.stream(sampling.rows(SEED, epoch)).forEach(taken::set);
      taken.stream().forEach(row -> times[row]++);
      pairs.add(taken);
    }
    // Each row in a quarter of the epochs: 700, standard deviation 23; all 28 pairs come up.
    assertThat(Arrays.stream(times)).allMatch(count -> Math.abs(count - 700) < 5 * 23);
    assertThat(pairs).hasSize(28);
  }

  @Test
  void rowsDependOnSeedAndEpochAlone() {
    assertThat(MIXED.rows(SEED, 3)).isEqualTo(RowSampling.of(65, r -> mixed(r)).rows(SEED, 3));
    assertThat(MIXED.rows(SEED, 3)).isNotEqualTo(MIXED.rows(SEED, 4));
    assertThat(MIXED.rows(SEED, 3)).isNotEqualTo(MIXED.rows(new Seed(12), 3));
  }

  @Test
  void theOrderOfAnEpochIsThatOfItsRowsShuffled() {
    EncodedRows data = new EncodedRows(65, List.of(), List.of(), Map.of(), Optional.empty());
    TrainingRows sampled = new TrainingRows(data, Optional.of(MIXED));
    assertThat(sampled.epochRows()).isEqualTo(59);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] order = sampled.order(SEED, epoch);
      assertThat(order).isNotEqualTo(MIXED.rows(SEED, epoch));
      Arrays.sort(order);
      assertThat(order).isEqualTo(MIXED.rows(SEED, epoch));
    }
    TrainingRows each = TrainingRows.each(data);
    TrainingRows once = new TrainingRows(data, Optional.of(RowSampling.of(65, row -> 1)));
    assertThat(each.order(SEED, 2)).isEqualTo(EpochOrder.of(65, SEED, 2));
    assertThat(once.order(SEED, 2)).isEqualTo(each.order(SEED, 2));
  }

  @Test
  void theLengthIsRoundedForEachRatio() {
    assertThat(RowSampling.of(3, row -> .5).epochRows()).isEqualTo(2);
    assertThat(RowSampling.of(5, row -> row == 0 ? .4 : .2).epochRows()).isEqualTo(1);
  }

  @Test
  void epochsWithoutRowsAndTooLongOnesAreRefused() {
    assertRefused(
        () -> RowSampling.of(4, row -> .1),
        "training.sampling: Expected an epoch of 1 to 2,147,483,647 rows, found 0: 0 = 4 x 0.1."
            + " Give a larger ratio.");
    assertRefused(
        () -> RowSampling.of(3_000_000, row -> 1000),
        "training.sampling: Expected an epoch of 1 to 2,147,483,647 rows, found 3,000,000,000:"
            + " 3,000,000,000 = 3,000,000 x 1000. Give smaller ratios, and train more epochs.");
  }

  private static void assertRefused(Runnable call, String message) {
    MtlException error = catchThrowableOfType(MtlException.class, call::run);
    assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(error).hasMessage(message);
  }

  private static int[] times(int[] rows) {
    int[] times = new int[65];
    Arrays.stream(rows).forEach(row -> times[row]++);
    return times;
  }
}
