package org.mtl4j.core.feature;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Index;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Where one embedding stands among those of a table's row.
 *
 * @param width of the row
 * @param dim of an embedding; as wide as the row where there is but one
 * @param place of this one, the first one being 0
 */
record RowPart(int width, int dim, int place) {
  /** What rows [n, width], or [n, L, width], have of it: [n, dim], or [n, L, dim]. */
  Operand<TFloating> of(Ops tf, Operand<TFloating> rows, int rank) {
    if (width == dim) {
      return rows;
    }
    Index[] columns = new Index[rank];
    Arrays.fill(columns, Indices.all());
    columns[rank - 1] = Indices.range((long) place * dim, (long) (place + 1) * dim);
    // Unlike that of tf.slice its gradient is one operation.
    return tf.stridedSlice(rows, columns);
  }
}
