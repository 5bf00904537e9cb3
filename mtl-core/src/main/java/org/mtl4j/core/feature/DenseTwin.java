package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** {@link FittedNumbers#encode} in a graph. */
final class DenseTwin {
  private final GraphContext context;
  private final RawPlaceholders raw;

  DenseTwin(GraphContext context, RawPlaceholders raw) {
    this.context = context;
    this.raw = raw;
  }

  /**
   * The dense inputs [B, W], called {@code dense}.
   *
   * @param features one at least, in the pipeline's order
   */
  Operand<TFloating> dense(List<FittedNumbers> features) {
    List<FittedNumeric> scaled = new ArrayList<>();
    List<Operand<TFloating>> parts = new ArrayList<>();
    for (FittedNumbers feature : features) {
      if (feature instanceof FittedNumeric numeric) {
        scaled.add(numeric);
      }
    }
    if (!scaled.isEmpty()) {
      NumericTwin twin = new NumericTwin(context, scaled);
      parts.add(twin.dense(scaled.stream().map(f -> raw.number(f.name())).toList()));
    }
    for (FittedNumbers feature : features) {
      if (feature instanceof FittedPiecewiseLinear piecewise) {
        parts.addAll(shares(piecewise));
      } else if (feature instanceof FittedTimeCycles cycles) {
        parts.addAll(circles(cycles));
      }
    }
    var tf = context.tf();
    return parts.size() == 1
        ? tf.withName("dense").identity(parts.get(0))
        : tf.withName("dense").concat(parts, tf.constant(1));
  }

  private List<Operand<TFloating>> circles(FittedTimeCycles feature) {
    Ops tf = context.scope(feature.name()).tf();
    List<Operand<TInt64>> ids = new TimeTwin(tf).ids(feature.spec(), raw.time(feature.name()));
    List<Operand<TFloating>> points = new ArrayList<>();
    for (int p = 0; p < ids.size(); p++) {
      float[][] circle = FittedTimeCycles.circle(feature.spec().layout().parts().get(p));
      Operand<TFloat32> point = tf.gather(tf.constant(circle), ids.get(p), tf.constant(0));
      points.add(tf.dtypes.cast(point, context.variables().type().tensorClass()));
    }
    return points;
  }

  private List<Operand<TFloating>> shares(FittedPiecewiseLinear feature) {
    Ops tf = context.scope(feature.name()).tf();
    Operand<TFloat32> number = raw.number(feature.name());
    Operand<TFloating> bins = context.toFloating(new BucketTwin(tf).shares(feature, number));
    if (!feature.spec().indicator()) {
      return List.of(bins);
    }
    Operand<TFloating> missing =
        tf.dtypes.cast(tf.math.isNan(number), context.variables().type().tensorClass());
    return List.of(bins, tf.expandDims(missing, tf.constant(1)));
  }
}
