package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;

class MulticlassHeadTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);
  private static final int CLASSES = 3;

  private static HeadRun head(FloatType type) {
    return HeadRun.multiclass(type, "comedy", "drama", "thriller");
  }

  /** Softmax by its definition, for logits that exp can take. */
  private static double[] softmax(double[] logits, int row) {
    double[] p = new double[CLASSES];
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      p[c] = Math.exp(logits[row * CLASSES + c]);
      sum += p[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      p[c] /= sum;
    }
    return p;
  }

  @Test
  void lossGradientAndPredictionFollowTheSoftmax() {
    Random random = new Random(SEED);
    int rows = 20;
    int size = rows * CLASSES;
    double[] logits = random.doubles(size, -5, 5).toArray();
    double[] labels = random.ints(rows, 0, CLASSES).asDoubleStream().toArray();
    for (FloatType type : FloatType.values()) {
      HeadRun.Outcome outcome = head(type).ofLogits(logits, labels);
      double rounding = type == FloatType.FLOAT32 ? 2e-6 : 1e-13;
      for (int r = 0; r < rows; r++) {
        double[] p = softmax(logits, r);
        int label = (int) labels[r];
        assertThat(outcome.losses()[r])
            .as("%s, row %d, seed %d", type, r, SEED)
            .isCloseTo(-Math.log(p[label]), within(rounding));
        for (int c = 0; c < CLASSES; c++) {
          int at = r * CLASSES + c;
          assertThat(outcome.predictions()[at])
              .as("seed %d", SEED)
              .isCloseTo(p[c], within(rounding));
          assertThat(outcome.slopes()[at])
              .as("%s, row %d, class %d, seed %d", type, r, c, SEED)
              .isCloseTo(p[c] - (c == label ? 1 : 0), within(rounding));
        }
      }
    }
  }

  @Test
  void extremeLogitsGiveFiniteLosses() {
    HeadRun.Outcome outcome =
        head(FloatType.FLOAT32)
            .ofLogits(new double[] {1000, 0, -1000, 1000, 0, -1000}, new double[] {0, 2});
    assertThat(outcome.losses()).containsExactly(new double[] {0, 2000}, within(1e-9));
    assertThat(outcome.slopes()).containsExactly(new double[] {0, 0, 0, 1, 0, -1}, within(1e-9));
  }

  @Test
  void logProbabilityIsRefused() {
    assertThatThrownBy(
            () ->
                head(FloatType.FLOAT32)
                    .ofLogProbabilities(new double[] {-1, -2, -3}, new double[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output y: expected a logit, found a log probability");
  }
}
