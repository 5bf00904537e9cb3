package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class BinaryHeadTest {
  private static final double[] LOGITS = {-1000, -90, -20, -3, -1e-4, 0, 0.5, 17, 90, 1000};
  private static final double[] LOG_PROBABILITIES = {
    -1e-25, -1e-12, -1e-5, -0.1, -0.6931, -0.6932, -1, -50, -1000
  };

  private static double[] all(double label, int n) {
    double[] labels = new double[n];
    Arrays.fill(labels, label);
    return labels;
  }

  /** Rounding of the type, relative above 1. */
  private static Offset<Double> rounding(FloatType type, double expected) {
    return within((type == FloatType.FLOAT32 ? 1e-6 : 1e-14) * Math.max(1, Math.abs(expected)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** -log sigmoid(x) of a yes, -log sigmoid(-x) of a no, where exp cannot overflow. */
  private static double crossEntropy(double x, double label) {
    double towardsLabel = label == 1 ? x : -x;
    return Math.max(-towardsLabel, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Test
  void lossOfALogitIsTheCrossEntropyAtAnySize() {
    for (FloatType type : FloatType.values()) {
      for (double label : new double[] {0, 1}) {
        HeadRun.Outcome outcome = HeadRun.binary(type).ofLogits(LOGITS, all(label, LOGITS.length));
        for (int i = 0; i < LOGITS.length; i++) {
          double expected = crossEntropy(LOGITS[i], label);
          assertThat(outcome.losses()[i])
              .as("%s, logit %s, label %s", type, LOGITS[i], label)
              .isCloseTo(expected, rounding(type, expected));
        }
      }
    }
  }

  @Test
  void lossOfAHopelessLogitIsItsSizeAndOfASureOneNothing() {
    HeadRun.Outcome outcome =
        HeadRun.binary(FloatType.FLOAT32)
            .ofLogits(new double[] {1000, -1000, 1000, -1000}, new double[] {0, 1, 1, 0});
    assertThat(outcome.losses()).containsExactly(1000, 1000, 0, 0);
  }

  @Test
  void gradientByALogitIsProbabilityMinusLabel() {
    for (FloatType type : FloatType.values()) {
      for (double label : new double[] {0, 1}) {
        HeadRun.Outcome outcome = HeadRun.binary(type).ofLogits(LOGITS, all(label, LOGITS.length));
        for (int i = 0; i < LOGITS.length; i++) {
          assertThat(outcome.slopes()[i])
              .as("%s, logit %s, label %s", type, LOGITS[i], label)
              .isCloseTo(sigmoid(LOGITS[i]) - label, rounding(type, 1));
        }
      }
    }
  }

  @Test
  void predictionOfALogitIsItsSigmoid() {
    HeadRun.Outcome outcome =
        HeadRun.binary(FloatType.FLOAT64).ofLogits(LOGITS, all(0, LOGITS.length));
    for (int i = 0; i < LOGITS.length; i++) {
      assertThat(outcome.predictions()[i]).isCloseTo(sigmoid(LOGITS[i]), within(1e-15));
    }
  }

  @Test
  void lossOfALogProbabilityIsTheCrossEntropyFromNearZeroToFarBelow() {
    for (FloatType type : FloatType.values()) {
      HeadRun.Outcome yes = ofLogProbabilities(type, 1);
      HeadRun.Outcome no = ofLogProbabilities(type, 0);
      for (int i = 0; i < LOG_PROBABILITIES.length; i++) {
        double logP = LOG_PROBABILITIES[i];
        double miss = -Math.log(-Math.expm1(logP));
        assertThat(yes.losses()[i])
            .as("%s, yes at %s", type, logP)
            .isCloseTo(-logP, rounding(type, logP));
        assertThat(no.losses()[i])
            .as("%s, no at %s", type, logP)
            .isCloseTo(miss, rounding(type, miss));
      }
    }
  }

  @Test
  void gradientByALogProbabilityIsFiniteAndRight() {
    HeadRun.Outcome yes = ofLogProbabilities(FloatType.FLOAT64, 1);
    HeadRun.Outcome no = ofLogProbabilities(FloatType.FLOAT64, 0);
    for (int i = 0; i < LOG_PROBABILITIES.length; i++) {
      double logP = LOG_PROBABILITIES[i];
      // d/dq of -log(1 - e^q) is e^q / (1 - e^q).
      double slope = Math.exp(logP) / -Math.expm1(logP);
      assertThat(yes.slopes()[i]).as("yes at %s", logP).isEqualTo(-1);
      assertThat(no.slopes()[i])
          .as("no at %s", logP)
          .isCloseTo(slope, within(1e-9 * Math.max(1, slope)));
    }
  }

  @Test
  void certaintyItselfHasFiniteLossAndGradient() {
    double[] certain = {0, 0, -0.0, -1e-40};
    for (FloatType type : FloatType.values()) {
      HeadRun.Outcome outcome =
          HeadRun.binary(type).ofLogProbabilities(certain, new double[] {0, 1, 0, 0});
      for (int i = 0; i < certain.length; i++) {
        assertThat(outcome.losses()[i]).as("%s, loss %d", type, i).isFinite().isNotNegative();
        assertThat(outcome.slopes()[i]).as("%s, slope %d", type, i).isFinite();
      }
    }
  }

  @Test
  void confidentProductThatIsWrongStillLearns() {
    double[] logits = {5, 15, 20, 40, 60};
    for (FloatType type : FloatType.values()) {
      HeadRun.Outcome outcome =
          HeadRun.binary(type).run(BinaryHeadTest::logSigmoid, logits, all(0, logits.length));
      for (int i = 0; i < logits.length; i++) {
        assertThat(outcome.slopes()[i])
            .as("%s, logit %s", type, logits[i])
            .isCloseTo(sigmoid(logits[i]), within(1e-5));
      }
    }
  }

  private static OutputTensor logSigmoid(GraphContext context, Operand<TFloating> x) {
    var tf = context.tf();
    return new OutputTensor.LogProbability("y", tf.math.neg(tf.math.softplus(tf.math.neg(x))));
  }

  @Test
  void predictionOfALogProbabilityIsItsExponential() {
    HeadRun.Outcome outcome = ofLogProbabilities(FloatType.FLOAT64, 0);
    for (int i = 0; i < LOG_PROBABILITIES.length; i++) {
      assertThat(outcome.predictions()[i]).isCloseTo(Math.exp(LOG_PROBABILITIES[i]), within(1e-15));
    }
  }

  private static HeadRun.Outcome ofLogProbabilities(FloatType type, double label) {
    return HeadRun.binary(type)
        .ofLogProbabilities(LOG_PROBABILITIES, all(label, LOG_PROBABILITIES.length));
  }
}
