package org.mtl4j.data.fit;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;

/** A numeric feature whose scale is being learnt. */
final class NumericFit implements FeatureFit {
  private final NumericFeature spec;
  private final int column;
  private final Moments raw = new Moments();
  private final Moments logs = new Moments();

  NumericFit(NumericFeature spec, int column) {
    this.spec = spec;
    this.column = column;
  }

  @Override
  public void observe(RawBatch rows) {
    for (int row = 0; row < rows.rowCount(); row++) {
      // As a model will see it: numbers are served in float32.
      float value = rows.finite(column, row);
      if (Float.isNaN(value)) {
        continue;
      }
      raw.add(value);
      if (spec.transform() == NumericTransform.LOG1P) {
        logs.add(FittedNumeric.signedLog1p(value));
      }
    }
  }

  @Override
  public FittedFeature fit(List<String> warnings) {
    if (raw.isEmpty()) {
      warn("is missing in every training row", warnings);
      return new FittedNumeric(spec, 0, 0, 1);
    }
    if (raw.isConstant()) {
      warn("is " + RawBatch.spell(raw.mean()) + " wherever it is there", warnings);
    }
    float fill = (float) raw.mean();
    return switch (spec.transform()) {
      case NONE -> new FittedNumeric(spec, fill, 0, 1);
      case STANDARDIZE ->
          new FittedNumeric(spec, fill, (float) raw.mean(), inverse(raw.deviation()));
      case LOG1P -> new FittedNumeric(spec, fill, (float) logs.mean(), inverse(logs.deviation()));
      case MINMAX ->
          new FittedNumeric(spec, fill, (float) raw.least(), inverse(raw.greatest() - raw.least()));
    };
  }

  /** 1 / spread; 1 where there is no spread to divide by. */
  private static float inverse(double spread) {
    float inverse = (float) (1 / spread);
    return Float.isInfinite(inverse) ? 1 : inverse;
  }

  private void warn(String what, List<String> warnings) {
    warnings.add(
        "features.%s: the column \"%s\" %s; it tells a model nothing."
            .formatted(spec.name(), spec.column(), what));
  }
}
