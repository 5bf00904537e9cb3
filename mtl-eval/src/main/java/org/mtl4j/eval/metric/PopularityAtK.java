package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.RowPart;

/**
 * Average recommendation popularity, {@code popularity@K}: in how many training rows the items on
 * the K first ranks of a group stand, on average (Yin and others, PVLDB 5, 2012; as a measure of
 * popularity bias Abdollahpouri, Burke and Mobasher, FLAIRS 2019). In rows, from 0; compare it with
 * that of other models over the same rows.
 *
 * <p>A group of fewer than K rows has the mean over all of them. The mean over all groups, each
 * counting the same, example weights ignored. Ties count as expected over their orders. Not defined
 * where there are no groups, or where nobody knows the training rows.
 *
 * @param k number of ranks that count, at least 1
 */
public record PopularityAtK(int k) implements ItemsAtK {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PopularityAtK {
    AtK.checkCutOff("popularity", k);
  }

  @Override
  public String name() {
    return "popularity";
  }

  @Override
  public RowPart ofItems() {
    return RowPart.POPULARITY;
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    Numbers counts = groups.items().popularity().orElseThrow();
    return group -> {
      RankedGroups.Top top = groups.top(group, k);
      double sure = 0;
      for (int i = top.first(); i < top.tied(); i++) {
        sure += counts.get(groups.row(i));
      }
      double tied = 0;
      for (int i = top.tied(); i < top.end(); i++) {
        tied += counts.get(groups.row(i));
      }
      return (sure + top.share() * tied) / top.size();
    };
  }
}
