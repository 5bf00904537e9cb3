package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.TestSeed;

/** The AUC of known probabilities, beside all pairs one by one and beside drawn labels. */
class ExpectedAucTest {
  private static final double[] SCORES = {0.3, 0.1, 0.3, 0.9, 0.1, 0.5};

  private static double byPairs(double[] scores, double[] probabilities) {
    double wins = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (i != j) {
          double chance = probabilities[i] * (1 - probabilities[j]);
          pairs += chance;
          wins += chance * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
        }
      }
    }
    return wins / pairs;
  }

  @Test
  void isTheSumOverAllPairs() {
    double[] probabilities = {0.2, 0.7, 0.4, 0.5, 0, 1};
    assertThat(ExpectedAuc.of(SCORES, probabilities))
        .isCloseTo(byPairs(SCORES, probabilities), within(1e-12));
    Random random = TestSeed.random();
    double[] scores = random.doubles(200).map(s -> Math.round(s * 20)).toArray();
    double[] chances = random.doubles(200).toArray();
    assertThat(ExpectedAuc.of(scores, chances))
        .as("seed %d", TestSeed.value())
        .isCloseTo(byPairs(scores, chances), within(1e-12));
  }

  /** Positives .3, .9, .5 against negatives .1, .3, .1: 8.5 of 9 pairs. */
  @Test
  void ofLabelsItIsTheAuc() {
    assertThat(ExpectedAuc.of(SCORES, new double[] {1, 0, 0, 1, 0, 1}))
        .isCloseTo(8.5 / 9, within(1e-12));
  }

  @Test
  void scoreThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ExpectedAuc.of(new double[] {1, Double.NaN}, new double[] {1, 0}))
        .hasMessage("expected finite scores, found NaN");
  }

  @Test
  void withoutAPairThereIsNone() {
    assertThat(ExpectedAuc.of(SCORES, new double[] {1, 1, 1, 1, 1, 1})).isNaN();
  }
}
