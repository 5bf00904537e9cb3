package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.schema.NumericTransform;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * {@link FittedNumeric#apply} of all numbers that are scaled, in a graph, in a handful of
 * operations over [B, F] however many features there are.
 */
final class NumericTwin {
  private final GraphContext context;
  private final Ops tf;
  private final List<FittedNumeric> features;

  NumericTwin(GraphContext context, List<FittedNumeric> features) {
    this.context = context;
    this.tf = context.scope("numeric").tf();
    this.features = features;
  }

  /**
   * The dense inputs [B, W].
   *
   * @param raw per feature [B], NaN for missing
   */
  Operand<TFloating> dense(List<Operand<TFloat32>> raw) {
    Operand<TFloat32> given = tf.stack(raw, Stack.axis(1L));
    Operand<TBool> missing = tf.math.isNan(given);
    Operand<TFloat32> fill = tf.dtypes.cast(each(FittedNumeric::fill), TFloat32.class);
    Operand<TFloat64> x = tf.dtypes.cast(tf.select(missing, fill, given), TFloat64.class);
    Operand<TFloat64> shifted = tf.math.sub(logged(x), each(FittedNumeric::shift));
    Operand<TFloat64> scaled = tf.math.mul(shifted, each(FittedNumeric::scale));
    return withIndicators(
        context.toFloating(bounded(scaled)),
        tf.dtypes.cast(missing, context.variables().type().tensorClass()));
  }

  /** What no float32 holds becomes the greatest of its sign. */
  private Operand<TFloat64> bounded(Operand<TFloat64> x) {
    Operand<TFloat64> greatest = tf.constant((double) Float.MAX_VALUE);
    return tf.math.maximum(tf.math.minimum(x, greatest), tf.math.neg(greatest));
  }

  private Operand<TFloat64> each(ToDoubleFunction<FittedNumeric> parameter) {
    return tf.constant(features.stream().mapToDouble(parameter).toArray());
  }

  /** The logarithm where a feature asks for it, x where it does not. */
  private Operand<TFloat64> logged(Operand<TFloat64> x) {
    boolean[] asks = new boolean[features.size()];
    boolean any = false;
    for (int i = 0; i < asks.length; i++) {
      asks[i] = features.get(i).spec().transform() == NumericTransform.LOG1P;
      any |= asks[i];
    }
    if (!any) {
      return x;
    }
    Operand<TFloat64> log = tf.math.mul(tf.math.sign(x), tf.math.log1p(tf.math.abs(x)));
    return tf.select(tf.constant(asks), log, x);
  }

  /** Each feature's value, and behind it the indicator of those that have one. */
  private Operand<TFloating> withIndicators(Operand<TFloating> values, Operand<TFloating> missing) {
    int n = features.size();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
      if (features.get(i).spec().indicator()) {
        order.add(n + i);
      }
    }
    if (order.size() == n) {
      return values;
    }
    Operand<TFloating> all = tf.concat(List.of(values, missing), tf.constant(1));
    int[] columns = order.stream().mapToInt(Integer::intValue).toArray();
    return tf.gather(all, tf.constant(columns), tf.constant(1));
  }
}
