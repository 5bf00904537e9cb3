package org.mtl4j.experiment.tune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mtl4j.experiment.tune.Rungs.Rung;
import org.mtl4j.experiment.tune.SearchMethod.Grid;
import org.mtl4j.experiment.tune.SearchMethod.Halving;

/** The arithmetic that docs/tuning.md gives. */
class RungsTest {
  @Test
  void nineByThreeFromOneEpochToNine() {
    Rungs rungs = Rungs.of(new Halving(3, 1), 9, 9);
    assertThat(rungs.rungs()).containsExactly(new Rung(9, 1), new Rung(3, 3), new Rung(1, 9));
    assertThat(rungs.epochs()).isEqualTo(9 + 3 * 2 + 6);
    assertThat(rungs.words()).isEqualTo("9 trials to epoch 1, 3 to epoch 3, 1 to epoch 9");
  }

  /** 50, 50/2, 50/4, 50/8; the last rung ends with the experiment, though 2 * 2 * 2 = 8 < 10. */
  @Test
  void theLastRungEndsWithTheExperimentAndSharesAreRoundedDown() {
    assertThat(Rungs.of(new Halving(2, 2), 50, 10).rungs())
        .containsExactly(new Rung(50, 2), new Rung(25, 4), new Rung(12, 8), new Rung(6, 10));
  }

  @Test
  void oneTrialIsAlwaysLeft() {
    assertThat(Rungs.of(new Halving(3, 1), 2, 27).rungs())
        .containsExactly(new Rung(2, 1), new Rung(1, 3), new Rung(1, 9), new Rung(1, 27));
  }

  @Test
  void othersAreTrainedToTheirEnd() {
    assertThat(Rungs.of(new Grid(), 6, 5).rungs()).containsExactly(new Rung(6, 5));
    assertThat(Rungs.of(new Halving(3, 8), 6, 5).rungs()).containsExactly(new Rung(6, 5));
  }
}
