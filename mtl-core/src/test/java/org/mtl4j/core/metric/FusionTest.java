package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scores by hand. */
class FusionTest {
  private static final Map<String, float[]> PREDICTIONS =
      Map.of(
          "click", new float[] {0.5f, 0.25f, 0.25f, 1},
          "buy", new float[] {0.0625f, 0.25f, 0, 0.5f},
          "other", new float[] {9, 9, 9, 9});

  private static Fusion fusion(Fusion.Kind kind, double click, double buy) {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("click", click);
    weights.put("buy", buy);
    return Fusion.of(kind, weights);
  }

  @Test
  void weightedSumAddsUp() {
    assertThat(fusion(Fusion.Kind.WEIGHTED_SUM, 3, 1).scores(PREDICTIONS, Optional.empty()))
        .containsExactly(0.390625, 0.25, 0.1875, 0.875);
  }

  @Test
  void productIsOfPowersAndAFactorOfNoneKeepsItLast() {
    double[] scores = fusion(Fusion.Kind.PRODUCT, 1, 1).scores(PREDICTIONS, Optional.empty());
    assertThat(scores[0]).isCloseTo(Math.sqrt(0.03125), within(1e-15));
    assertThat(scores[1]).isCloseTo(0.25, within(1e-15));
    assertThat(scores[2]).isBetween(0.0, 1e-22).isPositive();
    assertThat(scores[3]).isCloseTo(Math.sqrt(0.5), within(1e-15));
  }

  /** Of click: 0.25 twice shares 1/4, 0.5 has 5/8, 1 has 7/8. Of buy: 3/8, 5/8, 1/8, 7/8. */
  @Test
  void ranksAreSharesOfTheCandidatesThatAreNotBetter() {
    assertThat(fusion(Fusion.Kind.RANK_SUM, 1, 1).scores(PREDICTIONS, Optional.empty()))
        .containsExactly(0.5, 0.4375, 0.1875, 0.875);
  }

  @Test
  void ranksAreThoseWithinAGroup() {
    Optional<int[]> groups = Optional.of(new int[] {7, 7, 3, 3});
    assertThat(fusion(Fusion.Kind.RANK_SUM, 1, 0).scores(PREDICTIONS, groups))
        .containsExactly(0.75, 0.25, 0.25, 0.75);
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new Fusion(Fusion.Kind.PRODUCT, Map.of("click", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected weights of at least two outputs, 0 or more, with the sum 1, found"
                + " {click=1.0}");
    assertThatThrownBy(() -> fusion(Fusion.Kind.PRODUCT, 2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected weights of at least two outputs, 0 or more, with the sum 1, found"
                + " {click=2.0, buy=-1.0}");
    assertThatThrownBy(() -> fusion(Fusion.Kind.PRODUCT, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
