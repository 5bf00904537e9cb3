package org.mtl4j.core.graph.sequence;

import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.ListPooling;
import org.mtl4j.core.schema.Pooling;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Scaled dot-product attention of a history's values to each other (Vaswani and others, NeurIPS
 * 2017), and the mean of what comes of them. With p learnt vectors by place from the newest (Kang
 * and McAuley, ICDM 2018) and d_h = dim / heads, per head:
 *
 * <pre>
 * y_t = e_t + p_(last - t)
 * a_ts = softmax over values s of (y_t W_q) . (y_s W_k) / sqrt(d_h)
 * result = mean over values t of (y_t + [sum_s a_ts y_s W_v, heads side by side] W_o)
 * </pre>
 *
 * <p>Variables {@code positions} [length, dim], and a kernel [dim, dim] and bias in each of the
 * scopes {@code query}, {@code key}, {@code value} and {@code output}.
 *
 * @param heads number of heads
 */
public record SelfAttention(int heads) {
  private static final double OUT_OF_REACH = 1e9;
  private static final double POSITION_LIMIT = 0.05;

  /**
   * Encodes histories.
   *
   * @param history with dim a multiple of the heads
   * @return [B, dim]; zeros for a history without values
   */
  public Operand<TFloating> apply(GraphContext context, History history) {
    Ops tf = context.tf();
    int dim = history.dim();
    Operand<TFloating> placed = tf.math.add(history.values(), positions(context, history));
    Operand<TFloating> flat = tf.reshape(placed, tf.constant(new int[] {-1, dim}));
    Operand<TFloating> attended = attend(context, flat, history);
    Operand<TFloating> sum = tf.math.add(flat, linear(context.scope("output"), attended, dim));
    return new ListPooling(context)
        .pool(history.inPlaces(tf, sum, dim), history.mask(), Pooling.MEAN);
  }

  /** Each place's position vector, counted from the last place that holds a value: [B, L, dim]. */
  private static Operand<TFloating> positions(GraphContext context, History history) {
    Operand<TFloating> mask = history.mask();
    Ops tf = context.tf();
    Operand<TFloating> vectors =
        context.variable(
            "positions",
            Shape.of(history.length(), history.dim()),
            new Initializer.Uniform(POSITION_LIMIT));
    Operand<TInt32> present = tf.dtypes.cast(mask, TInt32.class);
    Operand<TInt32> size =
        tf.reshape(
            tf.slice(tf.shape(mask), tf.constant(new int[] {1}), tf.constant(new int[] {1})),
            tf.constant(new int[0]));
    Operand<TInt32> places = tf.range(tf.constant(0), size, tf.constant(1));
    Operand<TInt32> last = tf.max(tf.math.mul(present, places), tf.constant(1), Max.keepDims(true));
    Operand<TInt32> fromNewest = tf.math.maximum(tf.math.sub(last, places), tf.constant(0));
    return tf.gather(vectors, fromNewest, tf.constant(0));
  }

  private Operand<TFloating> attend(
      GraphContext context, Operand<TFloating> flat, History history) {
    Ops tf = context.tf();
    int dim = history.dim();
    Operand<TFloating> queries = heads(context.scope("query"), flat, history);
    Operand<TFloating> keys = heads(context.scope("key"), flat, history);
    Operand<TFloating> contents = heads(context.scope("value"), flat, history);
    Class<TFloating> type = queries.type();
    Operand<TFloating> products = tf.train.batchMatMul(queries, keys, type, BatchMatMul.adjY(true));
    Operand<TFloating> scaled =
        tf.math.mul(products, context.constant(1 / Math.sqrt((double) dim / heads)));
    Operand<TFloating> barred =
        tf.math.mul(
            tf.math.sub(history.mask(), context.constant(1)), context.constant(OUT_OF_REACH));
    Operand<TFloating> perKey =
        tf.expandDims(tf.expandDims(barred, tf.constant(1)), tf.constant(1));
    Operand<TFloating> weights = tf.nn.softmax(tf.math.add(scaled, perKey));
    Operand<TFloating> sums = tf.train.batchMatMul(weights, contents, type);
    Operand<TFloating> places = tf.linalg.transpose(sums, tf.constant(new int[] {0, 2, 1, 3}));
    return tf.reshape(places, tf.constant(new int[] {-1, dim}));
  }

  /** A product of every place, cut into heads: [B, heads, L, dim / heads]. */
  private Operand<TFloating> heads(GraphContext context, Operand<TFloating> flat, History history) {
    Ops tf = context.tf();
    int dim = history.dim();
    Operand<TFloating> places =
        history.inPlaces(tf, linear(context, flat, dim), heads, dim / heads);
    return tf.linalg.transpose(places, tf.constant(new int[] {0, 2, 1, 3}));
  }

  private static Operand<TFloating> linear(GraphContext context, Operand<TFloating> x, int dim) {
    return new Dense(dim, Activation.LINEAR).apply(context, x);
  }
}
