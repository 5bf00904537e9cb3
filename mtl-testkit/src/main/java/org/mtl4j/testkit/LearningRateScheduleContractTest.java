package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.LearningRateSchedule;
import org.mtl4j.core.optimizer.LearningRateSchedule.Point;

/**
 * What every {@link LearningRateSchedule} promises: a factor above 0 and at most 1 for every step
 * of a run, of any length, however the metric that it watches behaves; and the linear warm-up.
 */
public abstract class LearningRateScheduleContractTest {
  private static final int EPOCHS = 4;

  /** The schedule under test. */
  protected abstract LearningRateSchedule schedule();

  /** The same with a warm-up of that many steps. */
  protected abstract LearningRateSchedule warmed(int steps);

  /** A step of a run that so far was judged like this. */
  protected static Point at(long step, int stepsPerEpoch, List<Double> watched) {
    return new Point(step, stepsPerEpoch, EPOCHS, watched);
  }

  private static List<Double> falling(int epochs) {
    List<Double> values = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      values.add(epoch % 3 == 1 ? Double.NaN : -epoch);
    }
    return values;
  }

  @Test
  void factorsAreAboveZeroAndAtMostOne() {
    for (int stepsPerEpoch : List.of(1, 7, 100_000)) {
      for (long step = 1; step <= (long) EPOCHS * stepsPerEpoch; step += 1 + step / 3) {
        int epoch = (int) ((step - 1) / stepsPerEpoch);
        for (LearningRateSchedule tested : List.of(schedule(), warmed(5))) {
          assertThat(tested.factor(at(step, stepsPerEpoch, falling(epoch))))
              .as("%s, step %d of %d an epoch", tested, step, stepsPerEpoch)
              .isGreaterThan(0)
              .isLessThanOrEqualTo(1);
        }
      }
    }
  }

  /** k / (n + 1) in the k-th of n steps; then what it would have been from the first step on. */
  @Test
  void warmUpIsLinear() {
    LearningRateSchedule warmed = warmed(4);
    for (int step = 1; step <= 4; step++) {
      assertThat(warmed.factor(at(step, 50, List.of()))).isEqualTo(step / 5.0);
    }
    assertThat(warmed.factor(at(5, 50, List.of())))
        .isEqualTo(schedule().factor(at(1, 50, List.of())))
        .isEqualTo(1);
  }
}
