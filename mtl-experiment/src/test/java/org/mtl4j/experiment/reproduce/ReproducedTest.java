package org.mtl4j.experiment.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.experiment.reproduce.Reproduced.Outcome;
import org.mtl4j.experiment.reproduce.Reproduced.Spread;
import org.mtl4j.experiment.reproduce.Reproduced.Verdict;

/** What figures come to, by hand. */
class ReproducedTest {
  private static final Claim LESS = Claim.less("a below b", "a", "b", "loss");

  private static Outcome outcome(double above, Double... sums) {
    Claim claim = new Claim("it is", List.of(), above);
    return new Verdict(claim, new Spread(List.of(sums))).outcome();
  }

  /** Mean 2, deviation 1, 2 degrees of freedom: 2 -+ 4.3027 / sqrt 3. */
  @Test
  void intervalIsStudents() {
    Interval interval = new Spread(List.of(1.0, 2.0, 3.0)).interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(2 - 4.3027 / Math.sqrt(3), within(1e-9));
    assertThat(interval.high()).isCloseTo(2 + 4.3027 / Math.sqrt(3), within(1e-9));
  }

  @Test
  void claimHoldsWhereTheWholeIntervalIsAboveTheBound() {
    assertThat(outcome(-0.5, 1.0, 2.0, 3.0)).isEqualTo(Outcome.HOLDS);
    assertThat(outcome(-0.4, 1.0, 2.0, 3.0)).isEqualTo(Outcome.OPEN);
    assertThat(outcome(4.4, 1.0, 2.0, 3.0)).isEqualTo(Outcome.OPEN);
    assertThat(outcome(4.5, 1.0, 2.0, 3.0)).isEqualTo(Outcome.FAILS);
  }

  @Test
  void oneSeedLeavesEverythingOpen() {
    assertThat(outcome(0, 100.0)).isEqualTo(Outcome.OPEN);
  }

  @Test
  void lessIsWhatTheOtherHasMore() {
    assertThat(LESS.of(Map.of("a", Map.of("loss", 1.0), "b", Map.of("loss", 3.0)))).hasValue(2);
  }

  @Test
  void claimOfAnArmThatWasNotTrainedIsNotAsked() {
    assertThat(LESS.of(Map.of("a", Map.of("loss", 1.0)))).isEmpty();
    assertThat(LESS.of(Map.of("a", Map.of("loss", 1.0), "b", Map.of()))).isEmpty();
  }
}
