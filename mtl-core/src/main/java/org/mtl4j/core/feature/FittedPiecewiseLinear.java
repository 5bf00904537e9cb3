package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.PiecewiseLinearFeature;

/**
 * A number's piecewise-linear encoding: of bin t from edge e(t) to e(t + 1) the number {@code (x -
 * e(t)) / (e(t + 1) - e(t))}, not below 0 except in the first bin and not above 1 except in the
 * last, which go on beyond the training values. A missing value is {@code fill} first. As with
 * {@link FittedNumeric}, it is taken in float64 and rounded to float32 once, numbers nearer to 0
 * than 1.2e-38 count as 0, and one beyond 3.4e38 becomes that number with its sign.
 *
 * @param spec what the user declared
 * @param fill the training mean
 * @param edges of the bins, rising, one more than there are bins
 */
public record FittedPiecewiseLinear(PiecewiseLinearFeature spec, float fill, List<Double> edges)
    implements FittedNumbers {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if fill is not finite, there is no bin, or an edge is not
   *     above the one before it
   */
  public FittedPiecewiseLinear {
    edges = Rising.copy(spec.name(), edges);
    if (edges.size() < 2 || !Float.isFinite(fill)) {
      throw new IllegalArgumentException(
          "%s: expected two edges at least and a finite fill, found %s and %s"
              .formatted(spec.name(), edges, fill));
    }
  }

  /** Number of bins. */
  public int bins() {
    return edges.size() - 1;
  }

  /** The bins, and one more with the indicator of a missing value. */
  @Override
  public int width() {
    return bins() + (spec.indicator() ? 1 : 0);
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(new RawInput(spec.name(), spec.column(), new RawType.Numbers()));
  }

  /** The number of a bin, from 0; NaN is missing. */
  public float apply(float raw, int bin) {
    double share = share(raw, bin);
    return FittedNumeric.flush((float) Math.max(least(bin), Math.min(share, greatest(bin))));
  }

  /** How far the number has come through the bin, whatever that is. */
  private double share(float raw, int bin) {
    double x = FittedNumeric.flush(Float.isNaN(raw) ? fill : raw);
    return (x - edges.get(bin)) / (edges.get(bin + 1) - edges.get(bin));
  }

  /** What the number of a bin is not below. */
  double least(int bin) {
    return bin == 0 ? -Float.MAX_VALUE : 0;
  }

  /** What the number of a bin is not above. */
  double greatest(int bin) {
    return bin == bins() - 1 ? Float.MAX_VALUE : 1;
  }

  @Override
  public List<float[]> encode(RawBatch rows) {
    int column = rows.columns().indexOf(spec.column());
    List<float[]> numbers = new ArrayList<>();
    for (int i = 0; i < width(); i++) {
      numbers.add(new float[rows.rowCount()]);
    }
    for (int r = 0; r < rows.rowCount(); r++) {
      float raw = rows.finite(column, r);
      if (Math.max(-share(raw, 0), share(raw, bins() - 1)) > Float.MAX_VALUE) {
        throw beyond(rows, column, r);
      }
      for (int bin = 0; bin < bins(); bin++) {
        numbers.get(bin)[r] = apply(raw, bin);
      }
      if (spec.indicator()) {
        numbers.get(bins())[r] = Float.isNaN(raw) ? 1 : 0;
      }
    }
    return numbers;
  }

  private MtlException beyond(RawBatch rows, int column, int row) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            rows.place(row),
            ("The value \"%s\" of the column \"%s\" is beyond 3.4e38 in the outer bin of feature"
                    + " \"%s\", whose bins lie between %s and %s: it is that far from the training"
                    + " rows.")
                .formatted(
                    Excerpt.of(rows.text(column, row)),
                    spec.column(),
                    name(),
                    edges.get(0),
                    edges.get(bins())),
            "Leave such rows out by data.where, or give the feature transform: quantile."));
  }
}
