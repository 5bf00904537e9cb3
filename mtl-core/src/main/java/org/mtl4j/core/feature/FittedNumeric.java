package org.mtl4j.core.feature;

import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;

/**
 * A number's transform: {@code (f(x) - shift) * scale} in float32, f being the signed log1p for
 * {@link NumericTransform#LOG1P} and the identity otherwise. A missing value is {@code fill} first.
 *
 * @param spec what the user declared
 * @param fill the training mean of the raw values
 * @param shift what is taken off
 * @param scale what it is multiplied by afterwards
 */
public record FittedNumeric(NumericFeature spec, float fill, float shift, float scale)
    implements FittedFeature {
  /** Checks that the parameters are finite. */
  public FittedNumeric {
    if (!Float.isFinite(fill) || !Float.isFinite(shift) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "%s: expected finite parameters, found fill %s, shift %s, scale %s"
              .formatted(spec.name(), fill, shift, scale));
    }
  }

  /** Inputs a model sees: 2 with the indicator of a missing value, otherwise 1. */
  public int width() {
    return spec.indicator() ? 2 : 1;
  }

  /** The transformed value; NaN is missing. */
  public float apply(float raw) {
    float x = Float.isNaN(raw) ? fill : raw;
    if (spec.transform() == NumericTransform.LOG1P) {
      x = signedLog1p(x);
    }
    return (x - shift) * scale;
  }

  /** sign(x) log(1 + |x|). */
  public static float signedLog1p(float x) {
    return Math.copySign((float) Math.log1p(Math.abs(x)), x);
  }
}
