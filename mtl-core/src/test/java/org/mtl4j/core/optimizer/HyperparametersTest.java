package org.mtl4j.core.optimizer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HyperparametersTest {
  private static void assertRefused(ThrowingCallable optimizer, String... words) {
    assertThatThrownBy(optimizer)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void learningRateIsAboveZeroAndFinite() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300, 1e-50}) {
      assertRefused(() -> new Adam(rate, 0.9, 0.999, 1e-7), "learning_rate", "" + rate);
      assertRefused(() -> new Adagrad(rate, 0.1, 1e-7), "learning_rate", "" + rate);
      assertRefused(() -> new RowwiseAdagrad(rate, 0.1, 1e-7), "learning_rate", "" + rate);
      assertRefused(() -> new Sgd(rate, 0), "learning_rate", "" + rate);
    }
  }

  /** 1 - 1e-9 is 1 in float32, and 1 - b^t would be 0, which Adam divides by. */
  @Test
  void decaysAreBelowOneInFloat32Too() {
    for (double beta : new double[] {-0.1, 1, 1 - 1e-9, Double.NaN}) {
      assertRefused(() -> new Adam(1, beta, 0.999, 1e-7), "beta1", "" + beta);
      assertRefused(() -> new Adam(1, 0.9, beta, 1e-7), "beta2", "" + beta);
      assertRefused(() -> new Sgd(1, beta), "momentum", "" + beta);
    }
    assertThatCode(() -> new Adam(1, 0, 0, 1e-7)).doesNotThrowAnyException();
  }

  /** A moment of 0 over a root of 0 and an epsilon of 0 is NaN. */
  @Test
  void adamsEpsilonIsAboveZeroInFloat32Too() {
    assertRefused(() -> new Adam(1, 0.9, 0.999, 0), "epsilon", "0.0");
    assertRefused(() -> new Adam(1, 0.9, 0.999, 1e-50), "epsilon", "1.0E-50");
  }

  /** The gradient of a ReLU that is off is 0, and 0 / (sqrt(0) + 0) is NaN. */
  @Test
  void adagradDividesByMoreThanZero() {
    assertRefused(() -> new Adagrad(1, 0, 0), "initial_accumulator, epsilon", "0.0 and 0.0");
    assertRefused(() -> new RowwiseAdagrad(1, 0, 1e-50), "initial_accumulator, epsilon");
    assertThatCode(() -> new Adagrad(1, 0, 1e-7)).doesNotThrowAnyException();
    assertThatCode(() -> new RowwiseAdagrad(1, 0.1, 0)).doesNotThrowAnyException();
  }

  /** What is above 0 as it was typed is not told to be above 0. */
  @Test
  void aNumberOutOfFloat32sRangeIsSaidToBeSoWithTheBound() {
    for (double tiny : new double[] {1e-60, 1e-40}) {
      String found =
          "expected a number of at least 1.17549435E-38, found %s, which is 0 in float32"
              .formatted(tiny);
      assertRefused(() -> new Sgd(tiny, 0), "learning_rate: " + found);
      assertRefused(() -> new Adam(1, 0.9, 0.999, tiny), "epsilon: " + found);
      assertRefused(
          () -> new Adagrad(1, tiny, 0),
          "at least 1.17549435E-38, found %s and 0.0, both 0 in float32".formatted(tiny));
    }
    assertRefused(
        () -> new Sgd(1e60, 0), "learning_rate: expected a number of at most 3.4028235E38");
    assertRefused(() -> new Adagrad(1, 1e60, 0), "expected a number of at most 3.4028235E38");
    assertRefused(
        () -> new Sgd(1, 1 - 1e-9),
        "momentum: expected a number of at most 0.99999994, found",
        "which is 1 in float32");
    assertThatCode(() -> new Sgd(Float.MIN_NORMAL, Math.nextDown(1f))).doesNotThrowAnyException();
  }

  @Test
  void accumulatorAndEpsilonAreNotNegative() {
    for (double value : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(() -> new Adagrad(1, value, 1e-7), "initial_accumulator", "" + value);
      assertRefused(() -> new RowwiseAdagrad(1, 0.1, value), "epsilon", "" + value);
    }
  }
}
