package org.mtl4j.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.ReduceOnPlateau;
import org.mtl4j.testkit.LearningRateScheduleContractTest;

class ReduceOnPlateauTest extends LearningRateScheduleContractTest {
  @Override
  protected ReduceOnPlateau schedule() {
    return new ReduceOnPlateau("click/auc", 0.5, 2, 0.1, 0);
  }

  @Override
  protected ReduceOnPlateau warmed(int steps) {
    return new ReduceOnPlateau("click/auc", 0.5, 2, 0.1, steps);
  }

  private double after(Double... watched) {
    return schedule().factor(at(1 + 10L * watched.length, 10, List.of(watched)));
  }

  /** Counted by hand; an equal value is no gain, nor is one that is not defined. */
  @Test
  void twoEpochsWithoutGainHalveIt() {
    assertThat(after()).isEqualTo(1);
    assertThat(after(0.6, 0.6)).isEqualTo(1);
    assertThat(after(0.6, 0.6, 0.5)).isEqualTo(0.5);
    assertThat(after(0.6, 0.5, 0.7, 0.6)).isEqualTo(1);
    assertThat(after(0.6, 0.5, 0.7, 0.6, Double.NaN)).isEqualTo(0.5);
    assertThat(after(Double.NaN, Double.NaN)).isEqualTo(0.5);
  }

  @Test
  void itWaitsAnewAfterEachAndEndsAtTheMinimum() {
    assertThat(after(0.6, 0.5, 0.5, 0.5)).isEqualTo(0.5);
    assertThat(after(0.6, 0.5, 0.5, 0.5, 0.5)).isEqualTo(0.25);
    assertThat(after(0.6, 0.5, 0.5, 0.5, 0.5, 0.7, 0.6)).isEqualTo(0.25);
    assertThat(after(0.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)).isEqualTo(0.1);
  }

  @Test
  void itSaysWhatItWatches() {
    assertThat(schedule().watches()).contains("click/auc");
  }
}
