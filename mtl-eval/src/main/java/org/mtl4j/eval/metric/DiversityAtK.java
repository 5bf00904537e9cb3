package org.mtl4j.eval.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.Ints;
import org.mtl4j.core.metric.RowPart;

/**
 * Intra-list diversity, {@code diversity@K}: how far apart the items on the K first ranks of a
 * group are, on average over their pairs (Ziegler and others, WWW 2005, whose intra-list similarity
 * it is turned round). In [0, 1]. Two items are as far apart as the share of content columns in
 * which they differ (simple matching: Sokal and Michener 1958); no value is a value.
 *
 * <p>The mean over the groups of at least two rows, each counting the same, example weights
 * ignored. Ties count as expected over their orders: of a tie of t rows that has s places left a
 * row is among them with probability s / t, and two are with s (s - 1) / (t (t - 1)). Not defined
 * where no group has two rows, for K = 1, or where no content is named.
 *
 * @param k number of ranks that count, at least 1
 */
public record DiversityAtK(int k) implements ItemsAtK {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public DiversityAtK {
    AtK.checkCutOff("diversity", k);
  }

  @Override
  public String name() {
    return "diversity";
  }

  @Override
  public RowPart ofItems() {
    return RowPart.CONTENT;
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    List<Ints> content = groups.items().content();
    return group -> {
      RankedGroups.Top top = groups.top(group, k);
      double expected = 0;
      for (Ints column : content) {
        expected += differentPairs(groups, column, top);
      }
      return expected / content.size() / pairs(top.size()); // 0 / 0 where there is no pair
    };
  }

  /** How many pairs of the first ranks differ in a column, as expected over orders of ties. */
  private static double differentPairs(RankedGroups groups, Ints column, RankedGroups.Top top) {
    double sure = different(groups, column, top.first(), top.tied());
    if (top.places() == 0) {
      return sure;
    }
    double tied = different(groups, column, top.tied(), top.end());
    double across = different(groups, column, top.first(), top.end()) - sure - tied;
    double both = top.places() < 2 ? 0 : pairs(top.places()) / pairs(top.end() - top.tied());
    return sure + top.share() * across + both * tied;
  }

  /**
   * How many pairs of the rows at these positions differ: all of them but those of equal values.
   */
  private static double different(RankedGroups groups, Ints column, int from, int to) {
    int[] values = new int[to - from];
    Arrays.setAll(values, i -> column.get(groups.row(from + i)));
    Arrays.sort(values);
    double different = pairs(values.length);
    for (int start = 0, end; start < values.length; start = end) {
      end = start + 1;
      while (end < values.length && values[end] == values[start]) {
        end++;
      }
      different -= pairs(end - start);
    }
    return different;
  }

  private static double pairs(int n) {
    return n * (n - 1.0) / 2;
  }
}
