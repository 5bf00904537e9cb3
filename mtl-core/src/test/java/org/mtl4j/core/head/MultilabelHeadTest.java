package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;

class MultilabelHeadTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);
  private static final int CLASSES = 3;

  @Test
  void lossGradientAndPredictionAreThoseOfAYesOrNoPerClassAveraged() {
    Random random = new Random(SEED);
    int rows = 20;
    int size = rows * CLASSES;
    double[] logits = random.doubles(size, -5, 5).toArray();
    double[] labels = random.ints(size, 0, 2).asDoubleStream().toArray();
    for (FloatType type : FloatType.values()) {
      HeadRun.Outcome outcome =
          HeadRun.multilabel(type, "dark", "light", "odd").ofLogits(logits, labels);
      double rounding = type == FloatType.FLOAT32 ? 2e-6 : 1e-13;
      for (int r = 0; r < rows; r++) {
        double loss = 0;
        for (int i = r * CLASSES; i < (r + 1) * CLASSES; i++) {
          double p = 1 / (1 + Math.exp(-logits[i]));
          loss -= Math.log(labels[i] == 1 ? p : 1 - p) / CLASSES;
          assertThat(outcome.predictions()[i]).as("seed %d", SEED).isCloseTo(p, within(rounding));
          assertThat(outcome.slopes()[i])
              .as("%s, row %d, seed %d", type, r, SEED)
              .isCloseTo((p - labels[i]) / CLASSES, within(rounding));
        }
        assertThat(outcome.losses()[r])
            .as("%s, row %d, seed %d", type, r, SEED)
            .isCloseTo(loss, within(rounding));
      }
    }
  }

  @Test
  void extremeLogitsGiveFiniteLosses() {
    HeadRun.Outcome outcome =
        HeadRun.multilabel(FloatType.FLOAT32, "dark", "light", "odd")
            .ofLogits(
                new double[] {3000, -3000, 3000, 3000, -3000, -3000},
                new double[] {1, 0, 1, 0, 0, 1});
    assertThat(outcome.losses()).containsExactly(new double[] {0, 2000}, within(1e-9));
  }

  @Test
  void logProbabilityIsRefused() {
    assertThatThrownBy(
            () ->
                HeadRun.multilabel(FloatType.FLOAT32, "dark", "light")
                    .ofLogProbabilities(new double[] {-1, -2}, new double[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output y: expected a logit, found a log probability");
  }
}
