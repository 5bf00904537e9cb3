package org.mtl4j.experiment.drift;

import org.mtl4j.core.feature.FittedBuckets;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedPiecewiseLinear;

/**
 * The raw numbers behind those that a model sees. A transform rises with the raw number, so that
 * halving the float32 between the least and the greatest one finds where it comes to a number, to
 * the bit.
 *
 * @param feature of numbers
 */
record RawNumbers(FittedFeature feature) {
  /** The least raw number whose own is at least so much; the greatest float32 if there is none. */
  float least(double number) {
    int low = -ordinal(Float.MAX_VALUE);
    int high = ordinal(Float.MAX_VALUE);
    while (low < high) {
      int middle = (int) Math.floorDiv((long) low + high, 2L);
      if (seen(number(middle)) >= number) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return number(low);
  }

  /** The greatest raw number whose own is at most so much. */
  float greatest(double number) {
    int next = ordinal(least(Math.nextUp(number)));
    float above = number(next);
    return seen(above) > number ? number(next - 1) : above;
  }

  /** What the model sees of a raw number, as {@link SeenFeature} has it. */
  private double seen(float raw) {
    if (feature instanceof FittedNumeric number) {
      return number.apply(raw);
    }
    if (feature instanceof FittedBuckets buckets) {
      return buckets.id(raw);
    }
    FittedPiecewiseLinear pieces = (FittedPiecewiseLinear) feature;
    double sum = 0;
    for (int bin = 0; bin < pieces.bins(); bin++) {
      sum += pieces.apply(raw, bin);
    }
    return sum;
  }

  /** The place of a float32 among all of them; that of 0 is 0. */
  private static int ordinal(float number) {
    int bits = Float.floatToIntBits(Math.abs(number));
    return number < 0 ? -bits : bits;
  }

  private static float number(int ordinal) {
    return ordinal < 0 ? -Float.intBitsToFloat(-ordinal) : Float.intBitsToFloat(ordinal);
  }
}
