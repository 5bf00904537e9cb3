package org.mtl4j.eval.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.testkit.TestSeed;

/** Against the definitions, over all pairs; and whether intervals hold what they promise. */
class DeLongTest {
  private static final int SAMPLES = 200;

  /** Share of the pairs of row i with the other class, by weight, that score in order. */
  private static double placement(EvaluationRows rows, int i) {
    double inOrder = 0;
    double pairs = 0;
    for (int j = 0; j < rows.size(); j++) {
      if (rows.labels().get(j) != rows.labels().get(i)) {
        double sign = Math.signum(rows.predictions().get(i) - rows.predictions().get(j));
        inOrder += rows.weight(j) * (rows.labels().get(i) == 1 ? 1 + sign : 1 - sign) / 2;
        pairs += rows.weight(j);
      }
    }
    return inOrder / pairs;
  }

  private static double auc(EvaluationRows rows) {
    double total = 0;
    double weight = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.labels().get(i) == 1) {
        total += rows.weight(i) * placement(rows, i);
        weight += rows.weight(i);
      }
    }
    return total / weight;
  }

  /** The formula of the Javadoc, term by term, of the difference of two systems or of one alone. */
  private static double variance(EvaluationRows rows, Optional<EvaluationRows> other) {
    double auc = auc(rows) - other.map(DeLongTest::auc).orElse(0.0);
    double[] weight = new double[2];
    Map<Integer, double[]> sums = new LinkedHashMap<>();
    Map<Integer, boolean[]> has = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int label = (int) rows.labels().get(i);
      int group = rows.groups().isPresent() ? rows.groups().get().get(i) : i;
      double value = placement(rows, i);
      if (other.isPresent()) {
        value -= placement(other.get(), i);
      }
      sums.computeIfAbsent(group, g -> new double[2])[label] += rows.weight(i) * (value - auc);
      has.computeIfAbsent(group, g -> new boolean[2])[label] |= rows.weight(i) > 0;
      weight[label] += rows.weight(i);
    }
    double variance = 0;
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        int first = a;
        int second = b;
        long groups = has.values().stream().filter(h -> h[first] || h[second]).count();
        double products = sums.values().stream().mapToDouble(s -> s[first] * s[second]).sum();
        variance += products / weight[a] / weight[b] * groups / (groups - 1);
      }
    }
    return variance;
  }

  private static void assertHolds(double value, double variance, Interval interval) {
    double reach = 1.959963984540054 * Math.sqrt(variance);
    assertThat(interval.low()).isCloseTo(value - reach, within(1e-12));
    assertThat(interval.high()).isCloseTo(value + reach, within(1e-12));
  }

  @Test
  void varianceIsThatOfTheDefinition() {
    for (int sample = 0; sample < SAMPLES; sample++) {
      SplittableRandom random = new SplittableRandom(TestSeed.value() + sample);
      EvaluationRows rows =
          RandomScores.of(random, 20 + random.nextInt(40), sample % 2 * 9, sample % 4 > 1);
      double auc = auc(rows);
      double variance = variance(rows, Optional.empty());
      if (variance < 1e-20) { // The classes do not overlap, which few rows may do.
        continue;
      }
      double reach = 1.959963984540054 * Math.sqrt(variance);
      Interval interval = DeLong.interval(rows).orElseThrow();
      assertThat(interval.low()).isCloseTo(Math.max(0, auc - reach), within(1e-12));
      assertThat(interval.high()).isCloseTo(Math.min(1, auc + reach), within(1e-12));
      assertThat(interval.method())
          .isEqualTo(sample % 2 == 1 ? Interval.Method.CLUSTERED_DELONG : Interval.Method.DELONG);
    }
  }

  @Test
  void varianceOfADifferenceIsThatOfTheDefinition() {
    for (int sample = 0; sample < SAMPLES; sample++) {
      SplittableRandom random = new SplittableRandom(TestSeed.value() + sample);
      EvaluationRows rows =
          RandomScores.of(random, 20 + random.nextInt(40), sample % 2 * 9, sample % 4 > 1);
      EvaluationRows other = RandomScores.rescored(random, rows);
      Difference difference = DeLong.difference(rows, other).orElseThrow();
      assertThat(difference.value()).isCloseTo(auc(rows) - auc(other), within(1e-12));
      assertHolds(difference.value(), variance(rows, Optional.of(other)), difference.interval());
    }
  }

  @Test
  void rowsThatStandTwiceInTheirGroupMakeNothingMoreCertain() {
    EvaluationRows once = RandomScores.of(new SplittableRandom(1), 50, 12, false);
    double[] scores = twice(once.predictions().toArray());
    double[] labels = twice(once.labels().toArray());
    double[] ones = new double[100];
    Arrays.fill(ones, 1);
    int[] groups = Arrays.copyOf(once.groups().orElseThrow().toArray(), 100);
    System.arraycopy(groups, 0, groups, 50, 50);
    Interval grouped =
        DeLong.interval(new EvaluationRows(scores, 1, labels, ones, Optional.of(groups)))
            .orElseThrow();
    Interval expected = DeLong.interval(once).orElseThrow();
    assertThat(grouped.low()).isCloseTo(expected.low(), within(1e-12));
    assertThat(grouped.high()).isCloseTo(expected.high(), within(1e-12));

    Interval rows =
        DeLong.interval(new EvaluationRows(scores, 1, labels, ones, Optional.empty()))
            .orElseThrow();
    assertThat(rows.high() - rows.low()).isLessThan(grouped.high() - grouped.low());
  }

  private static double[] twice(double[] values) {
    double[] twice = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, twice, values.length, values.length);
    return twice;
  }

  @Test
  void whereNothingCanBeSaidThereIsNoInterval() {
    assertThat(DeLong.interval(rows(new double[] {.1, .2, .3}, 1, 1, 1))).isEmpty();
    assertThat(DeLong.interval(rows(new double[] {.1, .2, .3}, 0, 0, 1))).isEmpty();
    assertThat(DeLong.interval(rows(new double[] {.1, .2, .3, .4}, 0, 0, 1, 1))).isEmpty();
    assertThat(DeLong.interval(rows(new double[] {.5, .5, .5, .5}, 0, 0, 1, 1))).isEmpty();
    assertThat(DeLong.interval(rows(new double[] {.1, .3, .2, .4}, 0, 0, 1, 1))).isPresent();
  }

  @Test
  void equalScoresShowNoDifference() {
    EvaluationRows rows = rows(new double[] {.1, .3, .2, .4}, 0, 0, 1, 1);
    assertThat(DeLong.difference(rows, rows(new double[] {.1, .3, .2, .4}, 0, 0, 1, 1)))
        .contains(new Difference(0, new Interval(0, 0, 0.95, Interval.Method.DELONG), 1));
    EvaluationRows others = rows(new double[] {.1, .3, .2, .4}, 0, 1, 1, 1);
    assertThatThrownBy(() -> DeLong.difference(rows, others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the same rows, found other labels, weights or groups: 4 rows and 4");
  }

  private static EvaluationRows rows(double[] scores, double... labels) {
    double[] ones = new double[labels.length];
    Arrays.fill(ones, 1);
    return new EvaluationRows(scores, 1, labels, ones, Optional.empty());
  }

  /**
   * Scores of positives are normal around 1, of negatives around 0: the AUC is Phi(1 / sqrt 2). Of
   * 2000 samples 95 %, give or take 4 standard errors of 0.5 %, have an interval that holds it; of
   * groups whose rows share label and most of the score, too, but only if groups are named.
   */
  @Test
  @Tag("slow")
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    double truth = 1 - Normal.twoSided(Math.sqrt(0.5)) / 2;
    int samples = 2000;
    assertThat(held(samples, 1, true, truth)).isBetween(0.93, 0.97);
    assertThat(held(samples, 5, true, truth)).isBetween(0.925, 0.97);
    assertThat(held(samples, 5, false, truth)).isLessThan(0.9);
  }

  private static double held(int samples, int rowsOfGroup, boolean named, double truth) {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    java.util.Random normal = new java.util.Random(TestSeed.value());
    int held = 0;
    for (int sample = 0; sample < samples; sample++) {
      int n = 1000;
      double[] scores = new double[n];
      double[] labels = new double[n];
      int[] groups = new int[n];
      double shared = 0;
      for (int row = 0; row < n; row++) {
        shared = row % rowsOfGroup == 0 ? normal.nextGaussian() : shared;
        double own = rowsOfGroup == 1 ? 0 : normal.nextGaussian();
        double part = rowsOfGroup == 1 ? 1 : 0.8;
        groups[row] = row / rowsOfGroup;
        labels[row] = row % rowsOfGroup > 0 ? labels[row - 1] : random.nextInt(10) < 3 ? 1 : 0;
        scores[row] = labels[row] + Math.sqrt(part) * shared + Math.sqrt(1 - part) * own;
      }
      double[] ones = new double[n];
      Arrays.fill(ones, 1);
      Interval interval =
          DeLong.interval(
                  new EvaluationRows(
                      scores, 1, labels, ones, named ? Optional.of(groups) : Optional.empty()))
              .orElseThrow();
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    return held / (double) samples;
  }
}
