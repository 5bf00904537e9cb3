package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Encoded rows in a graph that serves, as {@link FeaturePipeline} gives them.
 *
 * @param ids [B, F] of the features with one value, then of those with several, if there are any
 * @param dense [B, W] numbers, then the weights of lists, if there are any
 */
record EncodedTensors(Optional<Operand<TInt64>> ids, Optional<Operand<TFloating>> dense) {
  /** The first ids, [B] each. */
  List<Operand<TInt64>> columns(Ops tf, int count) {
    List<Operand<TInt64>> columns = new ArrayList<>();
    if (count > 0) {
      tf.unstack(ids(tf, 0, count), (long) count, Unstack.axis(1L)).forEach(columns::add);
    }
    return columns;
  }

  /** Ids side by side: [B, count]. */
  Operand<TInt64> ids(Ops tf, int first, int count) {
    return tf.slice(
        ids.orElseThrow(), tf.constant(new int[] {0, first}), tf.constant(new int[] {-1, count}));
  }

  /** Dense inputs side by side: [B, count]. */
  Operand<TFloating> dense(Ops tf, int first, int count) {
    return tf.slice(
        dense.orElseThrow(), tf.constant(new int[] {0, first}), tf.constant(new int[] {-1, count}));
  }
}
