package org.mtl4j.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.CosineDecay;
import org.mtl4j.testkit.LearningRateScheduleContractTest;

class CosineDecayTest extends LearningRateScheduleContractTest {
  @Override
  protected CosineDecay schedule() {
    return new CosineDecay(0, 0);
  }

  @Override
  protected CosineDecay warmed(int steps) {
    return new CosineDecay(0, steps);
  }

  /** keras.optimizers.schedules.CosineDecay(1.0, decay_steps=40, alpha=0.1)(k), Keras 3.15. */
  @Test
  void itFollowsKerasOverTheRun() {
    CosineDecay decay = new CosineDecay(0.1, 0);
    double[] keras = {1.0, 0.7851244, 0.3457043, 0.1013872};
    for (int i = 0; i < keras.length; i++) {
      assertThat(decay.factor(at(1 + 13 * i, 10, List.of()))).isCloseTo(keras[i], within(1e-6));
    }
  }

  @Test
  void theWarmUpShortensTheCosine() {
    CosineDecay decay = warmed(8);
    assertThat(decay.factor(at(9 + 16, 10, List.of()))).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void aMinimumAboveOneIsRefused() {
    assertThatThrownBy(() -> new CosineDecay(1.5, 0))
        .hasMessage("minimum: expected 0 to 1, found 1.5");
    assertThatThrownBy(() -> new CosineDecay(0, -1))
        .hasMessage("warmup_steps: expected at least 0, found -1");
  }
}
