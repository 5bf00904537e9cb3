package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.ListPooling;
import org.mtl4j.core.schema.Pooling;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Weighted lists as TensorFlow's embedding_lookup_sparse pools them; pooling.py made them. */
class GoldenPoolingTest {
  private static final int LISTS = 4;
  private static final int VALUES = 3;
  private static final int DIM = 2;
  private static final double ROUNDING = 1e-13;
  private static final Map<String, double[]> GOLDEN =
      GoldenValues.read(GoldenPoolingTest.class, "pooling.csv", 2);

  /** One weight is 0, and all of the last list's are. */
  private static double[] weights() {
    double[] weights =
        Arrays.stream(GoldenValues.numbers(100, LISTS * VALUES)).map(Math::abs).toArray();
    weights[4] = 0;
    Arrays.fill(weights, 9, weights.length, 0);
    return weights;
  }

  private static Operand<TFloating> pool(
      GraphContext context, Operand<TFloating> x, Pooling pooling) {
    Ops tf = context.tf();
    Operand<TFloating> vectors = tf.reshape(x, tf.constant(new int[] {LISTS, VALUES, DIM}));
    Operand<TFloating> weights =
        tf.reshape(
            context.toFloating(tf.constant(weights())), tf.constant(new int[] {LISTS, VALUES}));
    return new ListPooling(context).pool(vectors, weights, pooling);
  }

  @Test
  void weightedPoolingFollowsTensorFlow() {
    for (Pooling pooling : List.of(Pooling.MEAN, Pooling.SUM, Pooling.SQRTN)) {
      assertFollows(pooling);
    }
  }

  private static void assertFollows(Pooling pooling) {
    String combiner = pooling.name().toLowerCase(Locale.ROOT);
    int width = LISTS * VALUES * DIM;
    try (LayerHarness harness =
        new LayerHarness(false, width, (context, x) -> pool(context, x, pooling))) {
      Map<String, double[]> point = Map.of(LayerHarness.X, GoldenValues.numbers(0, width));
      assertNear(harness.forward(point), combiner + ",pooled");
      double[] factors = GoldenValues.numbers(200, LISTS * DIM);
      assertNear(harness.gradients(point, factors).get(LayerHarness.X), combiner + ",gradient");
    }
  }

  private static void assertNear(double[] actual, String key) {
    double[] expected = GOLDEN.get(key);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      Slopes.assertNear(actual[i], expected[i], ROUNDING, key + " " + i);
    }
  }
}
