package org.mtl4j.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.ExponentialDecay;
import org.mtl4j.testkit.LearningRateScheduleContractTest;

class ExponentialDecayTest extends LearningRateScheduleContractTest {
  @Override
  protected ExponentialDecay schedule() {
    return new ExponentialDecay(0.5, Optional.empty(), 0, 0);
  }

  @Override
  protected ExponentialDecay warmed(int steps) {
    return new ExponentialDecay(0.5, Optional.empty(), 0, steps);
  }

  /** keras.optimizers.schedules.ExponentialDecay(1.0, decay_steps=7, decay_rate=0.6)(k). */
  @Test
  void itFollowsKeras() {
    ExponentialDecay decay = new ExponentialDecay(0.6, Optional.of(7), 0, 0);
    double[] keras = {1.0, 0.3872534, 0.1499652, 0.0580745};
    for (int i = 0; i < keras.length; i++) {
      assertThat(decay.factor(at(1 + 13 * i, 10, List.of()))).isCloseTo(keras[i], within(1e-6));
    }
  }

  @Test
  void itsUnitIsAnEpoch() {
    assertThat(schedule().factor(at(21, 10, List.of()))).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void itStaysAtItsMinimum() {
    ExponentialDecay decay = new ExponentialDecay(0.5, Optional.of(1), 0.2, 0);
    assertThat(decay.factor(at(30, 10, List.of()))).isEqualTo(0.2);
  }
}
