package org.mtl4j.core.schema;

/**
 * A history in one text, oldest value first, say the items that a user bought: each value is looked
 * up in an embedding table, and an encoder makes one vector of them that may depend on their order.
 *
 * @param value the feature, and how one value becomes a row of which table
 * @param list how the text becomes values; of a history that is too long the newest stay
 * @param encoder how the rows become one vector
 */
public record SequenceFeature(CategoricalFeature value, ListRule list, SequenceEncoder encoder)
    implements ListFeature {
  /**
   * Checks which end of a long history stays.
   *
   * @throws IllegalArgumentException if it is not the newest
   */
  public SequenceFeature {
    if (list.keep() != ListRule.Keep.LAST) {
      throw new IllegalArgumentException("expected a list that keeps its newest values");
    }
  }
}
