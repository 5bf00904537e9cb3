package org.mtl4j.core.feature;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;

/**
 * A number's transform: {@code (f(x) - shift) * scale}, f being the signed log1p for {@link
 * NumericTransform#LOG1P} and the identity otherwise. A missing value is {@code fill} first. It is
 * taken in float64 and rounded to float32 once: Java and TensorFlow differ in a logarithm's last
 * digit, which near {@code shift} would be all that is left, and no difference or product of two
 * float32 is too large for it. Numbers nearer to 0 than 1.2e-38, the least normal float32, count as
 * 0. A result beyond 3.4e38, the greatest float32, becomes that number with its sign, as an
 * infinite value does: an export's graph cannot refuse a row. Where rows are encoded in Java,
 * {@link #isBeyond} refuses it.
 *
 * @param spec what the user declared
 * @param fill the training mean of the raw values
 * @param shift what is taken off
 * @param scale what it is multiplied by afterwards
 */
public record FittedNumeric(NumericFeature spec, float fill, float shift, float scale)
    implements FittedNumbers {
  /**
   * Checks that the parameters are finite.
   *
   * @throws IllegalArgumentException if one is not
   */
  public FittedNumeric {
    if (!Float.isFinite(fill) || !Float.isFinite(shift) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "%s: expected finite parameters, found fill %s, shift %s, scale %s"
              .formatted(spec.name(), fill, shift, scale));
    }
  }

  /** 2 with the indicator of a missing value, otherwise 1. */
  @Override
  public int width() {
    return spec.indicator() ? 2 : 1;
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(new RawInput(spec.name(), spec.column(), new RawType.Numbers()));
  }

  @Override
  public List<float[]> encode(RawBatch rows) {
    int column = rows.columns().indexOf(spec.column());
    float[] values = new float[rows.rowCount()];
    float[] missing = new float[rows.rowCount()];
    for (int r = 0; r < values.length; r++) {
      float raw = rows.finite(column, r);
      values[r] = apply(raw);
      // Only there can it have been beyond: no logarithm is taken twice.
      if (Math.abs(values[r]) == Float.MAX_VALUE && isBeyond(raw)) {
        throw beyond(rows, column, r);
      }
      missing[r] = Float.isNaN(raw) ? 1 : 0;
    }
    return spec.indicator() ? List.of(values, missing) : List.of(values);
  }

  private MtlException beyond(RawBatch rows, int column, int row) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            rows.place(row),
            ("The value \"%s\" of the column \"%s\" is beyond 3.4e38 after the transform of feature"
                    + " \"%s\", which takes off %s and multiplies by %s: it is that far from the"
                    + " training rows.")
                .formatted(Excerpt.of(rows.text(column, row)), spec.column(), name(), shift, scale),
            "Leave such rows out by data.where, or give the feature transform: log1p."));
  }

  /** The transformed value; NaN is missing. */
  public float apply(float raw) {
    double scaled = scaled(raw);
    return flush((float) Math.max(-Float.MAX_VALUE, Math.min(scaled, Float.MAX_VALUE)));
  }

  /** Whether the transformed value is too large for a float32; NaN is missing. */
  private boolean isBeyond(float raw) {
    return Math.abs(scaled(raw)) > Float.MAX_VALUE;
  }

  private double scaled(float raw) {
    double x = flush(Float.isNaN(raw) ? fill : raw);
    return ((spec.transform() == NumericTransform.LOG1P ? signedLog1p(x) : x) - shift) * scale;
  }

  /** TensorFlow's kernels take numbers below the normal range for 0, and so does this. */
  static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? 0 : x;
  }

  /** sign(x) log(1 + |x|). */
  public static double signedLog1p(double x) {
    return Math.copySign(Math.log1p(Math.abs(x)), x);
  }
}
