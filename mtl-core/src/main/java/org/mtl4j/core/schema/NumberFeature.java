package org.mtl4j.core.schema;

import java.util.List;

/** A number, whatever becomes of it. */
public sealed interface NumberFeature extends FeatureSpec
    permits NumericFeature, BucketFeature, PiecewiseLinearFeature {
  /** The source's column. */
  String column();

  @Override
  default List<String> columns() {
    return List.of(column());
  }
}
