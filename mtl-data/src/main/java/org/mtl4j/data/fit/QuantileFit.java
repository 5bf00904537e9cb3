package org.mtl4j.data.fit;

import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedBuckets;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedPiecewiseLinear;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.core.schema.PiecewiseLinearFeature;

/** A number whose buckets or bins, which end at its quantiles, are being learnt. */
final class QuantileFit implements FeatureFit {
  private final NumberFeature spec;
  private final int parts;
  private final int column;
  private final NumberSample sample;
  private final Moments moments = new Moments();

  private QuantileFit(NumberFeature spec, int parts, int column, NumberSample sample) {
    this.spec = spec;
    this.parts = parts;
    this.column = column;
    this.sample = sample;
  }

  /** Of buckets, nothing seen yet. */
  static QuantileFit of(BucketFeature spec, int column, NumberSample sample) {
    return new QuantileFit(spec, spec.buckets(), column, sample);
  }

  /** Of bins, nothing seen yet. */
  static QuantileFit of(PiecewiseLinearFeature spec, int column, NumberSample sample) {
    return new QuantileFit(spec, spec.bins(), column, sample);
  }

  @Override
  public void observe(RawBatch rows) {
    for (int row = 0; row < rows.rowCount(); row++) {
      float value = rows.finite(column, row);
      if (!Float.isNaN(value)) {
        moments.add(value);
        sample.add(value + 0f, rows.record(row)); // -0 equals 0.
      }
    }
  }

  @Override
  public FittedFeature fit(List<String> warnings) {
    List<Double> quantiles = sample.quantiles(parts);
    FittedFeature fitted =
        spec instanceof BucketFeature buckets
            ? new FittedBuckets(buckets, cuts(quantiles))
            : new FittedPiecewiseLinear((PiecewiseLinearFeature) spec, mean(), edges(quantiles));
    warn(fitted, warnings);
    return fitted;
  }

  /** Of quantiles that are equal one is left; nothing is below the least number. */
  private static List<Double> cuts(List<Double> quantiles) {
    return quantiles.isEmpty()
        ? List.of()
        : quantiles.subList(1, quantiles.size() - 1).stream()
            .filter(quantile -> quantile > quantiles.get(0))
            .distinct()
            .toList();
  }

  /** One bin at least: of a constant column it has a width of 1. */
  private static List<Double> edges(List<Double> quantiles) {
    List<Double> edges = quantiles.stream().distinct().toList();
    if (edges.size() > 1) {
      return edges;
    }
    double only = edges.isEmpty() ? 0 : edges.get(0);
    return List.of(only, Math.max(only + 1, Math.nextUp(only)));
  }

  private float mean() {
    return moments.isEmpty() ? 0 : (float) moments.mean();
  }

  private void warn(FittedFeature fitted, List<String> warnings) {
    String subject = "features.%s: the column \"%s\" ".formatted(spec.name(), spec.column());
    if (moments.isEmpty()) {
      warnings.add(subject + "is missing in every training row; it tells a model nothing.");
    } else if (moments.isConstant()) {
      String value = RawBatch.spell(moments.mean());
      warnings.add(subject + "is " + value + " wherever it is there; it tells a model nothing.");
    } else {
      boolean buckets = fitted instanceof FittedBuckets;
      int left =
          fitted instanceof FittedBuckets cut
              ? cut.cuts().size() + 1
              : ((FittedPiecewiseLinear) fitted).bins();
      if (left < parts) {
        warnings.add(
            "%shas quantiles that are equal: %d of %d %s are left."
                .formatted(subject, left, parts, buckets ? "buckets" : "bins"));
      }
    }
    if (sample.oneIn() > 1) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "features.%s: its quantiles are those of %,d numbers, of one row in %,d by hash: all"
                  + " of them outgrow their share of the heap.",
              spec.name(),
              sample.size(),
              sample.oneIn()));
    }
  }
}
