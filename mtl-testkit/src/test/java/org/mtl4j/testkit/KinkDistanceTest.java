package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class KinkDistanceTest {
  private static double distance(Consumer<Ops> operations) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      operations.accept(tf);
      Operand<TFloat64> distance = KinkDistance.of(graph, tf);
      try (Result result = session.runner().fetch(distance).run()) {
        return Doubles.read(result.get(0))[0];
      }
    }
  }

  @Test
  void smoothGraphHasNone() {
    assertThat(distance(tf -> tf.math.sigmoid(tf.constant(new double[] {0, 1}))))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void itIsTheLeastOverAllBendsOnEitherSide() {
    assertThat(distance(tf -> tf.nn.relu(tf.constant(new double[] {3, -0.5, 2})))).isEqualTo(0.5);
    assertThat(distance(tf -> tf.math.abs(tf.constant(new double[] {-4, 0.25})))).isEqualTo(0.25);
    assertThat(
            distance(
                tf -> {
                  tf.nn.relu(tf.constant(new double[][] {{3, -2}, {1.5, 8}}));
                  tf.math.minimum(tf.constant(new double[] {4, 1.75}), tf.constant(1.0));
                  tf.math.maximum(tf.constant(9.0), tf.constant(new double[] {4, 8.875}));
                }))
        .isEqualTo(0.125);
  }

  @Test
  void layerThatIsAlwaysAtItsBendIsRefused() {
    LayerHarness.Layer flat = (c, x) -> c.tf().nn.relu(c.tf().math.mul(x, c.constant(0)));
    try (LayerHarness harness = new LayerHarness(false, 2, flat)) {
      assertThatThrownBy(() -> harness.pointAwayFromKinks(3, TestSeed.random()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("away from every kink");
    }
  }
}
