package org.mtl4j.core.schema;

import java.util.Optional;

/**
 * A list of values in one text, say the genres of a film, each looked up in an embedding table and
 * all pooled into one vector. Its order does not matter; a value that stands twice counts twice.
 *
 * @param value the feature, and how one value becomes a row of which table
 * @param list how the text becomes values
 * @param pooling how the rows become one vector
 * @param weight how a value carries a weight, if it does
 */
public record MultiCategoricalFeature(
    CategoricalFeature value, ListRule list, Pooling pooling, Optional<WeightRule> weight)
    implements ListFeature {
  /**
   * Checks that weights have something to say.
   *
   * @throws IllegalArgumentException if a greatest value would be weighted, or weights could not be
   *     told from values
   */
  public MultiCategoricalFeature {
    if (weight.isPresent() && pooling == Pooling.MAX) {
      throw new IllegalArgumentException(
          "pooling: expected mean, sum or sqrtn beside weight_separator, found max");
    }
    if (weight.isPresent() && weight.get().separator().equals(list.separator())) {
      throw new IllegalArgumentException(
          "weight_separator: expected another character than separator, found \""
              + list.separator()
              + "\"");
    }
  }

  /** A list whose values weigh the same. */
  public MultiCategoricalFeature(CategoricalFeature value, ListRule list, Pooling pooling) {
    this(value, list, pooling, Optional.empty());
  }
}
