package org.mtl4j.core.feature;

/** What the tensor of a raw input holds. */
public sealed interface RawType {
  /** string [B], the empty one for missing. */
  record Texts() implements RawType {}

  /** float32 [B], NaN for missing. */
  record Numbers() implements RawType {}
}
