package org.mtl4j.core.feature;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;

/** A feature that a model sees as numbers. {@link DenseTwin} gives the same in a graph. */
public sealed interface FittedNumbers extends FittedFeature
    permits FittedNumeric, FittedPiecewiseLinear, FittedTimeCycles {
  /**
   * The dense inputs of rows.
   *
   * @return per dense input [n]; as many as the feature is wide
   * @throws org.mtl4j.core.error.MtlException if a column is missing; of code DATA_VALUE, naming
   *     the row, if it holds text, an infinite value, or one that the transform takes beyond
   *     float32
   */
  List<float[]> encode(RawBatch rows);
}
