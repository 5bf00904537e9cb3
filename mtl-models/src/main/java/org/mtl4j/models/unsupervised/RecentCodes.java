package org.mtl4j.models.unsupervised;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The codes of the last rows that had a say, the latest first, as they were when they were seen:
 * state of a training.
 *
 * @param rows [R, dims]
 * @param counts [2]: how many rows there are, at most R, and how many steps there were
 */
record RecentCodes(Variable rows, Variable counts) {
  private static final int ROWS = DeepClusters.ROWS;

  /** Those of a scope. */
  static RecentCodes in(GraphContext scope, int dims) {
    return new RecentCodes(
        scope
            .variables()
            .get(scope.path() + "/recent_codes", Shape.of(ROWS, dims), Initializer.zeros()),
        scope.variables().get(scope.path() + "/recent_counts", Shape.of(2), Initializer.zeros()));
  }

  /** [R, dims], of which no gradient is taken. */
  Operand<TFloating> codes() {
    return rows.value();
  }

  /** [R]: 1 for a row that there is, otherwise 0. */
  Operand<TFloating> there(GraphContext scope) {
    Ops tf = scope.tf();
    int[] places = new int[ROWS];
    Arrays.setAll(places, i -> i);
    return tf.dtypes.cast(
        tf.math.less(
            scope.toFloating(tf.constant(places)),
            tf.gather(counts.value(), tf.constant(0), tf.constant(0))),
        scope.variables().type().tensorClass());
  }

  /**
   * Has each step put its rows in front.
   *
   * @param codes [B, dims]
   * @param weights [B]: rows of weight 0 are left out
   */
  void take(GraphContext scope, Operand<TFloating> codes, Operand<TFloating> weights) {
    Ops tf = scope.tf();
    Operand<TInt32> with =
        tf.reshape(
            tf.dtypes.cast(tf.where(tf.math.greater(weights, scope.constant(0))), TInt32.class),
            tf.constant(new int[] {-1}));
    Operand<TFloating> fresh = tf.gather(codes, with, tf.constant(0));
    Operand<TFloating> all = tf.concat(List.of(fresh, rows.value()), tf.constant(0));
    Operand<TFloating> last =
        tf.slice(
            all,
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {ROWS, GraphContext.width(codes)}));
    Operand<TFloating> more = tf.stack(List.of(scope.toFloating(tf.size(with)), scope.constant(1)));
    Operand<TFloating> most = tf.stack(List.of(scope.constant(ROWS), scope.constant(1 << 24)));
    Operand<TFloating> now = tf.math.minimum(tf.math.add(counts.value(), more), most);
    scope.atStepEnd(end -> end.assignVariableOp(rows.handle(), last));
    scope.atStepEnd(end -> end.assignVariableOp(counts.handle(), now));
  }

  /** Counts and rows in one [2 + R dims]. */
  Operand<TFloating> state(Ops tf) {
    return tf.concat(
        List.of(counts.value(), tf.reshape(rows.value(), tf.constant(new int[] {-1}))),
        tf.constant(0));
  }

  /**
   * The centroids from now on: found anew while the code is learnt alone, then as they are.
   *
   * @param state counts, rows and centroids
   */
  static double[] next(double[] state, KMeans means, int warmupSteps) {
    int there = (int) state[0];
    int end = 2 + ROWS * means.dims();
    if (state[1] > warmupSteps || there < means.clusters()) {
      return Arrays.copyOfRange(state, end, state.length);
    }
    double[][] rows = new double[there][];
    for (int row = 0; row < there; row++) {
      int from = 2 + row * means.dims();
      rows[row] = Arrays.copyOfRange(state, from, from + means.dims());
    }
    return Arrays.stream(means.of(rows)).flatMapToDouble(Arrays::stream).toArray();
  }
}
