package org.mtl4j.core.feature;

import org.mtl4j.core.schema.TimeRule;

/** What the tensor of a raw input holds. */
public sealed interface RawType {
  /** string [B], the empty one for missing. */
  record Texts() implements RawType {}

  /** float32 [B], NaN for missing. */
  record Numbers() implements RawType {}

  /**
   * int64 [B] of times, {@link TimeRule#MISSING} for missing.
   *
   * @param rule how a column's values are times
   */
  record Times(TimeRule rule) implements RawType {}
}
