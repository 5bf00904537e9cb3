package org.mtl4j.testkit.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.sequence.History;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A layer over histories of five places, of which three hold values and the others, one among them,
 * are padding; a row of its input is the five vectors side by side and a query behind them.
 */
abstract class SequenceLayerTest extends LayerContractTest {
  static final int PLACES = 5;
  static final int DIM = 4;

  private static final double[] MASK = {1, 0, 1, 1, 0};

  /**
   * One history.
   *
   * @param values those that are there
   * @param places where they stand
   */
  record PlainHistory(List<double[]> values, List<Integer> places, double[] query) {}

  /** The layer under test; the query is [B, DIM]. */
  abstract Operand<TFloating> apply(
      GraphContext context, History history, Operand<TFloating> query);

  /** The formula for one history. */
  abstract double[] plain(Map<String, double[]> variables, PlainHistory history);

  @Override
  protected final LayerHarness.Layer layer() {
    return (context, x) -> apply(context, x, MASK);
  }

  private Operand<TFloating> apply(GraphContext context, Operand<TFloating> x, double[] places) {
    Ops tf = context.tf();
    int size = PLACES * DIM;
    Operand<TFloating> values =
        tf.reshape(
            tf.slice(x, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, size})),
            tf.constant(new int[] {-1, PLACES, DIM}));
    Operand<TFloating> query =
        tf.slice(x, tf.constant(new int[] {0, size}), tf.constant(new int[] {-1, DIM}));
    Operand<TInt32> rows =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> shape =
        tf.concat(List.of(rows, tf.constant(new int[] {PLACES})), tf.constant(0));
    Operand<TFloating> row = context.toFloating(tf.constant(new double[][] {places}));
    return apply(context, new History(values, tf.broadcastTo(row, shape), PLACES, DIM), query);
  }

  @Override
  protected final int width() {
    return PLACES * DIM + DIM;
  }

  @Override
  protected final double[] plain(Map<String, double[]> variables, double[] x) {
    List<double[]> values = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int t = 0; t < PLACES; t++) {
      if (MASK[t] > 0) {
        values.add(Arrays.copyOfRange(x, t * DIM, (t + 1) * DIM));
        places.add(t);
      }
    }
    double[] query = Arrays.copyOfRange(x, PLACES * DIM, PLACES * DIM + DIM);
    return plain(variables, new PlainHistory(values, places, query));
  }

  @Test
  void historyWithoutValuesIsZero() {
    try (LayerHarness harness =
        new LayerHarness(false, width(), (context, x) -> apply(context, x, new double[PLACES]))) {
      double[] output = harness.forward(harness.point(3, TestSeed.random()));
      assertThat(Arrays.stream(output).map(Math::abs).sum()).isZero();
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double[] concat(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }
}
