package org.mtl4j.eval.metric;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ints;
import org.mtl4j.core.metric.RowPart;

/**
 * Catalogue coverage, {@code coverage@K}: the share of the items among the rows that stand on the K
 * first ranks of at least one group (Ge, Delgado-Battenfeld and Jannach, RecSys 2010). In (0, 1].
 * The catalogue is what the rows offer: an item that is in no row of the evaluation does not count.
 *
 * <p>Example weights are ignored. Ties count as expected over their orders, those of each group
 * independent of the others': an item is covered with the probability 1 - prod (1 - p_g), of which
 * p_g is that of one of its rows being among the K first of group g. There is no interval: a sample
 * of groups covers less. Not defined where there are no groups or items.
 *
 * @param k number of ranks that count, at least 1
 */
public record CoverageAtK(int k) implements BinaryMetric {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public CoverageAtK {
    AtK.checkCutOff("coverage", k);
  }

  @Override
  public String key() {
    return "coverage@" + k;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public boolean judges() {
    return false;
  }

  @Override
  public boolean canBeResampled() {
    return false;
  }

  @Override
  public Set<RowPart> needs() {
    return EnumSet.of(RowPart.GROUPS, RowPart.ITEMS);
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    if (rows.size() == 0 || !rows.parts().containsAll(needs())) {
      return OptionalDouble.empty();
    }
    Catalogue catalogue = new Catalogue(rows);
    for (int group = 0; group < rows.unitCount(); group++) {
      if (rows.groupCount(group) > 0) {
        catalogue.add(group, k, rows.groupCount(group));
      }
    }
    return catalogue.coverage();
  }

  /** Per item the probability that it is on no group's first ranks. */
  private static final class Catalogue {
    private final RankedGroups groups;
    private final Ints itemOfRow;
    private final double[] missed;
    private final int[] tiedRows;

    Catalogue(EvaluationRows rows) {
      groups = new RankedGroups(rows);
      itemOfRow = groups.items().ofRow();
      missed = new double[groups.items().bound()];
      Arrays.fill(missed, Double.NaN); // not offered by any group
      tiedRows = new int[missed.length];
    }

    /** Goes through a group that counts so often. */
    void add(int group, int k, int count) {
      RankedGroups.Top top = groups.top(group, k);
      for (int i = top.first(); i < groups.end(group); i++) {
        int item = item(i);
        missed[item] = Double.isNaN(missed[item]) ? 1 : missed[item];
      }
      for (int i = top.first(); i < top.tied(); i++) {
        missed[item(i)] = 0;
      }
      addTied(top, count);
    }

    private void addTied(RankedGroups.Top top, int count) {
      for (int i = top.tied(); i < top.end(); i++) {
        tiedRows[item(i)]++;
      }
      int size = top.end() - top.tied();
      for (int i = top.tied(); i < top.end(); i++) {
        int item = item(i);
        if (tiedRows[item] > 0) {
          double miss = Draw.missProbability(size, tiedRows[item], top.places());
          missed[item] *= Math.pow(miss, count);
          tiedRows[item] = 0;
        }
      }
    }

    private int item(int position) {
      return itemOfRow.get(groups.row(position));
    }

    OptionalDouble coverage() {
      double covered = 0;
      int offered = 0;
      for (double miss : missed) {
        if (!Double.isNaN(miss)) {
          covered += 1 - miss;
          offered++;
        }
      }
      return offered > 0 ? OptionalDouble.of(covered / offered) : OptionalDouble.empty();
    }
  }
}
