package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.ListPooling;
import org.mtl4j.core.schema.Pooling;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** All poolings of lists of three vectors and a place of padding, side by side. */
class ListPoolingTest extends LayerContractTest {
  private static final int PLACES = 4;
  private static final int VECTORS = 3;
  private static final int DIM = 2;

  @Override
  protected Class<?> subject() {
    return ListPooling.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) -> {
      Ops tf = context.tf();
      List<Operand<TFloating>> pooled =
          Arrays.stream(Pooling.values()).map(p -> pool(context, x, p, VECTORS)).toList();
      return tf.concat(pooled, tf.constant(1));
    };
  }

  private static Operand<TFloating> pool(
      GraphContext context, Operand<TFloating> x, Pooling pooling, int vectors) {
    Ops tf = context.tf();
    Operand<TFloating> places = tf.reshape(x, tf.constant(new int[] {-1, PLACES, DIM}));
    double[] ones = IntStream.range(0, PLACES).mapToDouble(i -> i < vectors ? 1 : 0).toArray();
    Operand<TFloating> row = context.toFloating(tf.constant(new double[][] {ones}));
    Operand<TInt32> rows =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> shape =
        tf.concat(List.of(rows, tf.constant(new int[] {PLACES})), tf.constant(0));
    Operand<TFloating> mask = tf.broadcastTo(row, shape);
    return new ListPooling(context).pool(places, mask, pooling);
  }

  @Override
  protected int width() {
    return PLACES * DIM;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    DoubleStream all = DoubleStream.empty();
    for (Pooling pooling : Pooling.values()) {
      double[] folded = fold(x, pooling == Pooling.MAX ? Math::max : Double::sum);
      double divisor =
          switch (pooling) {
            case MEAN -> VECTORS;
            case SQRTN -> Math.sqrt(VECTORS);
            case SUM, MAX -> 1;
          };
      all = DoubleStream.concat(all, Arrays.stream(folded).map(value -> value / divisor));
    }
    return all.toArray();
  }

  private static double[] fold(double[] x, DoubleBinaryOperator operator) {
    double[] folded = Arrays.copyOf(x, DIM);
    for (int i = DIM; i < VECTORS * DIM; i++) {
      folded[i % DIM] = operator.applyAsDouble(folded[i % DIM], x[i]);
    }
    return folded;
  }

  @Test
  void listWithoutVectorsIsZeroAndHasNoGradient() {
    for (Pooling pooling : Pooling.values()) {
      try (LayerHarness harness =
          new LayerHarness(false, width(), (context, x) -> pool(context, x, pooling, 0))) {
        Map<String, double[]> point = harness.point(2, TestSeed.random());
        double[] output = harness.forward(point);
        assertThat(Arrays.stream(output).map(Math::abs).sum()).as("%s", pooling).isZero();
        harness.checkGradients(point, TestSeed.random());
      }
    }
  }
}
