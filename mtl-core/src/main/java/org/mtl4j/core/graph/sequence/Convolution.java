package org.mtl4j.core.graph.sequence;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The greatest response of each filter along a history (Kim, EMNLP 2014): at place t, with w the
 * window and x 0 where there is no value,
 *
 * <pre>
 * y_t = ReLU([x_(t - (w-1)/2), ..., x_(t + w/2)] kernel + bias)
 * result = max over places t that hold a value of y_t
 * </pre>
 *
 * <p>Variables {@code kernel} [window * dim, filters] and {@code bias} [filters].
 *
 * @param filters number of filters
 * @param window values that a filter sees at a time
 */
public record Convolution(int filters, int window) {
  /**
   * Encodes histories.
   *
   * @return [B, filters]; zeros for a history without values
   */
  public Operand<TFloating> apply(GraphContext context, History history) {
    Ops tf = context.tf();
    Operand<TFloating> each = tf.expandDims(history.mask(), tf.constant(2));
    int before = (window - 1) / 2;
    int[][] ends = {{0, 0}, {before, window - 1 - before}, {0, 0}};
    Operand<TFloating> padded =
        tf.pad(tf.math.mul(history.values(), each), tf.constant(ends), context.constant(0));
    Operand<TInt32> length =
        tf.slice(tf.shape(history.mask()), tf.constant(new int[] {1}), tf.constant(new int[] {1}));
    Operand<TInt32> all = tf.constant(new int[] {-1});
    Operand<TInt32> size = tf.concat(List.of(all, length, all), tf.constant(0));
    List<Operand<TFloating>> windows = new ArrayList<>();
    for (int k = 0; k < window; k++) {
      windows.add(tf.slice(padded, tf.constant(new int[] {0, k, 0}), size));
    }
    Operand<TFloating> seen = WideOps.concat(tf, windows, 2);
    Operand<TFloating> responses =
        new Dense(filters, Activation.RELU)
            .apply(context, tf.reshape(seen, tf.constant(new int[] {-1, window * history.dim()})));
    // Responses are at least 0, so a place without a value never has the greatest one.
    Operand<TFloating> places = tf.math.mul(history.inPlaces(tf, responses, filters), each);
    return tf.max(places, tf.constant(1), Max.keepDims(false));
  }
}
