package org.mtl4j.core.feature;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * Numbers against learnt bounds in a graph: {@link FittedBuckets}, {@link FittedPiecewiseLinear}.
 */
final class BucketTwin {
  private final Ops tf;

  /** A twin that makes its operations in a scope. */
  BucketTwin(Ops tf) {
    this.tf = tf;
  }

  /**
   * {@link FittedBuckets#id}.
   *
   * @param raw [B], NaN for missing
   * @return [B]
   */
  Operand<TInt64> ids(FittedBuckets feature, Operand<TFloat32> raw) {
    Operand<TInt64> zeros = tf.fill(tf.shape(raw, TInt64.class), tf.constant(0L));
    Operand<TInt64> below =
        feature.cuts().isEmpty()
            ? zeros
            : tf.squeeze(
                tf.upperBound(
                    tf.expandDims(constant(feature.cuts()), tf.constant(0)),
                    tf.expandDims(wide(raw), tf.constant(0)),
                    TInt64.class));
    return tf.select(tf.math.isNan(raw), zeros, tf.math.add(below, tf.constant(1L)));
  }

  /**
   * {@link FittedPiecewiseLinear#apply} of all bins.
   *
   * @param raw [B], NaN for missing
   * @return [B, bins]
   */
  Operand<TFloat64> shares(FittedPiecewiseLinear feature, Operand<TFloat32> raw) {
    int bins = feature.bins();
    double[] widths = new double[bins];
    double[] least = new double[bins];
    double[] greatest = new double[bins];
    for (int bin = 0; bin < bins; bin++) {
      widths[bin] = feature.edges().get(bin + 1) - feature.edges().get(bin);
      least[bin] = feature.least(bin);
      greatest[bin] = feature.greatest(bin);
    }
    Operand<TFloat32> filled =
        tf.select(tf.math.isNan(raw), tf.fill(tf.shape(raw), tf.constant(feature.fill())), raw);
    Operand<TFloat64> x = tf.expandDims(wide(filled), tf.constant(1));
    Operand<TFloat64> share =
        tf.math.div(
            tf.math.sub(x, constant(feature.edges().subList(0, bins))), tf.constant(widths));
    return tf.math.maximum(tf.math.minimum(share, tf.constant(greatest)), tf.constant(least));
  }

  /** In float64, 0 for what is below the normal range of float32. */
  private Operand<TFloat64> wide(Operand<TFloat32> x) {
    Operand<TBool> tiny = tf.math.less(tf.math.abs(x), tf.constant(Float.MIN_NORMAL));
    return tf.dtypes.cast(tf.select(tiny, tf.zerosLike(x), x), TFloat64.class);
  }

  private Operand<TFloat64> constant(List<Double> values) {
    return tf.constant(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
