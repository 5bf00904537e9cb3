package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.Ranking;
import org.mtl4j.core.metric.RowValues;
import org.mtl4j.core.metric.RunningSums;
import org.mtl4j.core.task.TaskType;

/**
 * AUC of a regression, {@code xauc}: the probability that of two rows of different labels the one
 * of the larger label has the larger prediction, a tie of predictions counting one half (Zhan and
 * others, KDD 2022, for watch times; of labels 0 and 1 it is {@link Auc}). In [0, 1], 0.5 for
 * predictions that say nothing of the order.
 *
 * <pre>xauc = sum w_i w_j ([p_i > p_j] + [p_i = p_j] / 2) / sum w_i w_j, over pairs y_i > y_j</pre>
 *
 * <p>With example weights w. In O(n log n): rows by rising label go into a tree of sums over the
 * places of their predictions. Not defined where all labels are equal.
 */
public record Xauc() implements Metric {
  @Override
  public String key() {
    return "xauc";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Regression;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public boolean isResampledInPasses() {
    return false;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    Ranking labels = rows.labelRanking();
    Numbers places = places(rows);
    PrefixSums seen = new PrefixSums(rows);
    double inOrder = 0;
    double pairs = 0;
    // Down the labels: what was seen has a larger label, and is in order if its place is above.
    for (int start = 0, end; start < labels.size(); start = end) {
      end = labels.endOfTie(start);
      for (int i = start; i < end; i++) {
        int row = labels.row(i);
        double weight = rows.weight(row);
        int place = (int) places.get(row);
        double above = seen.sumBelow(place);
        double notBelow = seen.sumBelow(place + 1);
        inOrder += weight * (above + notBelow) / 2;
        pairs += weight * seen.total();
      }
      for (int i = start; i < end; i++) {
        seen.add((int) places.get(labels.row(i)), rows.weight(labels.row(i)));
      }
    }
    return pairs > 0 ? OptionalDouble.of(inOrder / pairs) : OptionalDouble.empty();
  }

  /** Per row the number of the tie that its prediction is in, from 0 for the highest. */
  private static Numbers places(EvaluationRows rows) {
    Ranking ranking = rows.ranking();
    RowValues places = rows.space().values();
    int place = 0;
    for (int start = 0, end; start < ranking.size(); start = end, place++) {
      end = ranking.endOfTie(start);
      for (int i = start; i < end; i++) {
        places.set(ranking.row(i), place);
      }
    }
    return places.numbers();
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "all labels are equal among %d rows".formatted(WeightedMean.countWeighty(rows))
        : Metric.super.whyUndefined(rows);
  }

  /** Sums over the first places while places are added to (Fenwick, 1994). */
  private static final class PrefixSums {
    private final RunningSums tree;
    private final int size;
    private double total;

    PrefixSums(EvaluationRows rows) {
      size = rows.size() + 1;
      tree = rows.space().sums(size);
    }

    void add(int place, double value) {
      total += value;
      for (int i = place + 1; i < size; i += i & -i) {
        tree.add(i, value);
      }
    }

    double sumBelow(int place) {
      double sum = 0;
      for (int i = place; i > 0; i -= i & -i) {
        sum += tree.get(i);
      }
      return sum;
    }

    double total() {
      return total;
    }
  }
}
