package org.mtl4j.core.graph.sequence;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The embedded histories of a batch.
 *
 * @param values [B, L, dim]
 * @param mask [B, L], 1 for a value and 0 for padding
 * @param length the greatest L
 * @param dim width of a value
 */
public record History(Operand<TFloating> values, Operand<TFloating> mask, int length, int dim) {
  /** A row a place, [B * L, ...], as histories again: [B, L, shape]. */
  Operand<TFloating> inPlaces(Ops tf, Operand<TFloating> rows, int... shape) {
    Operand<TInt32> whole = tf.concat(List.of(tf.shape(mask), tf.constant(shape)), tf.constant(0));
    return tf.reshape(rows, whole);
  }
}
