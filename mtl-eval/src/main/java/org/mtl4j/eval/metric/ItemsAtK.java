package org.mtl4j.eval.metric;

import java.util.EnumSet;
import java.util.Set;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.RowPart;

/** A figure of the items on the first K ranks of each group: it describes, and does not judge. */
interface ItemsAtK extends AtK {
  /** What must be known of items. */
  RowPart ofItems();

  @Override
  default Set<RowPart> needs() {
    return EnumSet.of(RowPart.GROUPS, RowPart.ITEMS, ofItems());
  }

  @Override
  default boolean judges() {
    return false;
  }

  @Override
  default String whyEveryGroupIsLeftOut(EvaluationRows rows) {
    return "no group has two rows on its first %d ranks".formatted(k());
  }
}
