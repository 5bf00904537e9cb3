package org.mtl4j.experiment.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.TestSeed;

class DriftCheckTest {
  private static RowProfile labels(double rows, double rate) {
    double deviation = Math.sqrt(rate * (1 - rate));
    return new RowProfile(
        rows, Map.of(), Map.of("click", new LabelProfile(rows, rate, deviation, List.of())));
  }

  private static RowProfile values(double unknown, double... counts) {
    List<String> tokens =
        IntStream.range(0, counts.length - 2).mapToObj(i -> "token " + i).toList();
    List<Double> all = Arrays.stream(counts).boxed().toList();
    FeatureProfile feature = new FeatureProfile(tokens, List.of(), all, unknown, List.of());
    return new RowProfile(feature.rows(), Map.of("country", feature), Map.of());
  }

  @Test
  void aRateThatDoublesIsFoundAndOneThatWaversIsNot() {
    assertThat(DriftCheck.of(labels(100_000, 0.1), labels(10_000, 0.13))).isEmpty();
    List<DriftFinding> found = DriftCheck.of(labels(100_000, 0.1), labels(10_000, 0.25));
    assertThat(found).singleElement().extracting(DriftFinding::measure).isEqualTo("label_rate");
    // ln(.25/.75) - ln(.1/.9), half a row aside.
    assertThat(found.get(0).value()).isCloseTo(Math.log(3), within(0.001));
    assertThat(found.get(0).evidence())
        .isEqualTo("its rate of positives: expected 0.1000 of 100000 rows, found 0.2500 of 10000");
    assertThat(DriftCheck.of(labels(100_000, 0.1), labels(10_000, 0.04))).hasSize(1);
  }

  /** Of forty rows with a rate of .1, 18 % have eight positives or more by chance alone. */
  @Test
  void fewRowsSayLittle() {
    assertThat(DriftCheck.of(labels(100_000, 0.1), labels(40, 0.25))).isEmpty();
    assertThat(DriftCheck.of(labels(100_000, 0.1), labels(40, 0))).isEmpty();
    assertThat(DriftCheck.of(labels(100_000, 0.1), labels(40, 0.8))).hasSize(1);
  }

  @Test
  void aRegressionsMeanMayMoveByHalfADeviation() {
    RowProfile before =
        new RowProfile(1e5, Map.of(), Map.of("dwell", new LabelProfile(1e5, 30, 10, List.of())));
    RowProfile near =
        new RowProfile(1e4, Map.of(), Map.of("dwell", new LabelProfile(1e4, 34, 10, List.of())));
    RowProfile far =
        new RowProfile(1e4, Map.of(), Map.of("dwell", new LabelProfile(1e4, 36, 10, List.of())));
    assertThat(DriftCheck.of(before, near)).isEmpty();
    assertThat(DriftCheck.of(before, far)).singleElement().matches(f -> f.value() == 6);
  }

  @Test
  void anEmptiedColumnIsNamedWithItsBin() {
    List<DriftFinding> found = DriftCheck.of(values(0, 10, 600, 300, 90), values(0, 1000, 0, 0, 0));
    assertThat(found).singleElement().extracting(DriftFinding::measure).isEqualTo("psi");
    assertThat(found.get(0).evidence())
        .isEqualTo(
            "its values, most of all missing: expected in 1.0 % of rows, found in 100.0 % of 1000");
  }

  /** (.5 - .2) ln(.5/.2) + (.3 - .6) ln(.3/.6) = .4828, by hand. */
  @Test
  void theIndexIsThatOfTheShares() {
    RowProfile before = values(0, 200_000, 500_000, 300_000);
    RowProfile now = values(0, 200_000, 200_000, 600_000);
    assertThat(DriftCheck.of(before, now))
        .singleElement()
        .satisfies(f -> assertThat(f.value()).isCloseTo(0.4828, within(1e-4)));
  }

  /** New items are business; a column in which hardly anything is known is another column. */
  @Test
  void newValuesMayComeAndOtherIdsMayNot() {
    assertThat(DriftCheck.of(values(0, 0, 100, 900), values(300, 0, 100, 900))).isEmpty();
    assertThat(DriftCheck.of(values(0, 0, 100, 900), values(900, 0, 100, 900)))
        .singleElement()
        .extracting(DriftFinding::measure)
        .isEqualTo("unknown");
  }

  /** The 99.9 % point of chi-squared of 9 degrees is 27.877; of 1, 10.828. */
  @Test
  void noiseIsTheTablesQuantile() {
    assertThat(DriftCheck.noise(10, Double.POSITIVE_INFINITY, 1)).isCloseTo(27.877, within(0.3));
    assertThat(DriftCheck.noise(2, Double.POSITIVE_INFINITY, 1)).isCloseTo(10.828, within(0.4));
  }

  private static RowProfile ids(double rows, FeatureProfile.TokenRows... frequent) {
    FeatureProfile feature =
        new FeatureProfile(List.of(), List.of(), List.of(0.0, rows), 0, List.of(frequent));
    return new RowProfile(rows, Map.of("item", feature), Map.of());
  }

  private static FeatureProfile.TokenRows id(String token, double rows) {
    return new FeatureProfile.TokenRows(token, rows);
  }

  @Test
  void oneIdThatFloodsTheRowsIsNamedWithItsShares() {
    RowProfile before = ids(10_000, id("a", 300), id("b", 200));
    List<DriftFinding> found = DriftCheck.of(before, ids(1000, id("b", 300), id("a", 20)));
    assertThat(found).singleElement().extracting(DriftFinding::measure).isEqualTo("token_share");
    assertThat(found.get(0).evidence())
        .isEqualTo("its value \"b\": expected in 2.0 % of rows, found in 30.0 % of 1000");
    // .2 + 3.0902 sqrt(.3 x .7 / 1000)
    assertThat(found.get(0).limit()).isCloseTo(0.24478, within(1e-5));
    assertThat(DriftCheck.of(before, ids(1000, id("a", 190)))).isEmpty();
    assertThat(DriftCheck.of(before, ids(20, id("c", 8)))).as("by chance").isEmpty();
    assertThat(DriftCheck.of(before, ids(1000, id("c", 300))))
        .as("one that was not frequent")
        .singleElement()
        .matches(finding -> finding.evidence().contains("expected in at most 0.0 % of rows"));
    assertThat(DriftCheck.of(ids(10_000, id("a", 3000)), ids(1000, id("a", 600)))).isEmpty();
    assertThat(DriftCheck.of(ids(10_000), ids(1000, id("a", 600)))).as("unknown before").isEmpty();
  }

  /** Of others than the 20 kept it is known that no more rows had them than the last of these. */
  @Test
  void theTwentyMostFrequentAreKept() {
    FeatureProfile.TokenRows[] all =
        IntStream.range(0, 30)
            .mapToObj(i -> id("t" + i, 100 - i))
            .toArray(FeatureProfile.TokenRows[]::new);
    FeatureProfile kept = ids(10_000, all).features().get("item");
    assertThat(kept.frequent()).hasSize(20).startsWith(id("t0", 100));
    assertThat(kept.largestOther()).isEqualTo(0.0081);
    assertThat(
            ids(1000, id("a", 10), id("b", 4))
                .followedBy(ids(1000, id("b", 8), id("c", 2)))
                .features()
                .get("item")
                .frequent())
        .containsExactly(id("b", 6), id("a", 5), id("c", 1));
  }

  @Test
  void samplesOfOneDistributionPass() {
    Random random = TestSeed.random();
    double[] counts = {50, 400, 300, 200, 50};
    RowProfile before = values(0, counts);
    for (int n : new int[] {5, 20, 100, 1000}) {
      for (int i = 0; i < 250; i++) {
        double[] drawn = new double[counts.length];
        for (int r = 0; r < n; r++) {
          double at = random.nextDouble() * 1000;
          int bin = 0;
          while (at >= counts[bin]) {
            at -= counts[bin++];
          }
          drawn[bin]++;
        }
        assertThat(DriftCheck.of(before, values(0, drawn))).as(n + " rows").isEmpty();
      }
    }
  }

  @Test
  void whatIsExpectedMovesAlong() {
    RowProfile moved = labels(1000, 0.1).followedBy(labels(1000, 0.3));
    assertThat(moved.rows()).isEqualTo(1000);
    assertThat(moved.labels().get("click").mean()).isCloseTo(0.2, within(1e-12));
    assertThat(moved.labels().get("click").deviation()).isCloseTo(0.4, within(1e-12));
    assertThat(moved.labels().get("click").rows()).isCloseTo(1000, within(1e-9));
    FeatureProfile feature =
        values(0, 0, 10, 30).followedBy(values(8, 0, 30, 10)).features().get("country");
    assertThat(feature.counts()).containsExactly(0.0, 20.0, 20.0);
    assertThat(feature.unknown()).isEqualTo(4);
  }
}
