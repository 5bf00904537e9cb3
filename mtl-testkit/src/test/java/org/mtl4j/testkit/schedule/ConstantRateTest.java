package org.mtl4j.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.ConstantRate;
import org.mtl4j.testkit.LearningRateScheduleContractTest;

class ConstantRateTest extends LearningRateScheduleContractTest {
  @Override
  protected ConstantRate schedule() {
    return new ConstantRate(0);
  }

  @Override
  protected ConstantRate warmed(int steps) {
    return new ConstantRate(steps);
  }

  @Test
  void itStaysAsItIs() {
    assertThat(schedule().factor(at(123, 7, List.of()))).isEqualTo(1);
  }
}
