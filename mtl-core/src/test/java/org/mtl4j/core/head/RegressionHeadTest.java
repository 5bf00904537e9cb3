package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.RegressionLoss;

class RegressionHeadTest {
  private static final double MEAN = 3;
  private static final double DEVIATION = 2;
  private static final double[] LOGITS = {0, 0.5, -1, 4, -4, 1};
  private static final double[] LABELS = {3, 5, 0, 3, 3, 3};

  /** Error in standard deviations. */
  private static double error(int i) {
    return LOGITS[i] - (LABELS[i] - MEAN) / DEVIATION;
  }

  @Test
  void squaredErrorIsInStandardDeviations() {
    HeadRun.Outcome outcome =
        HeadRun.regression(new RegressionLoss.Mse(), MEAN, DEVIATION).ofLogits(LOGITS, LABELS);
    for (int i = 0; i < LOGITS.length; i++) {
      assertThat(outcome.losses()[i]).isCloseTo(error(i) * error(i), within(1e-14));
      assertThat(outcome.slopes()[i]).isCloseTo(2 * error(i), within(1e-14));
    }
  }

  @Test
  void huberIsQuadraticToOneDeviationAndLinearBeyond() {
    HeadRun.Outcome outcome =
        HeadRun.regression(new RegressionLoss.Huber(), MEAN, DEVIATION).ofLogits(LOGITS, LABELS);
    for (int i = 0; i < LOGITS.length; i++) {
      double e = error(i);
      double expected = Math.abs(e) <= 1 ? e * e / 2 : Math.abs(e) - 0.5;
      assertThat(outcome.losses()[i]).as("error %s", e).isCloseTo(expected, within(1e-14));
      assertThat(outcome.slopes()[i])
          .as("error %s", e)
          .isCloseTo(Math.max(-1, Math.min(1, e)), within(1e-14));
    }
  }

  @Test
  void predictionIsInTheLabelsUnit() {
    HeadRun.Outcome outcome =
        HeadRun.regression(new RegressionLoss.Mse(), MEAN, DEVIATION).ofLogits(LOGITS, LABELS);
    assertThat(outcome.predictions()).containsExactly(3, 4, 1, 11, -5, 5);
  }

  @Test
  void logProbabilityIsRefused() {
    HeadRun head = HeadRun.regression(new RegressionLoss.Mse(), MEAN, DEVIATION);
    assertThatThrownBy(() -> head.ofLogProbabilities(new double[] {-1}, new double[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output y: expected a logit, found a log probability");
  }
}
