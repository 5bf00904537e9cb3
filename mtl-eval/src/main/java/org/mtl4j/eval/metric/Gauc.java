package org.mtl4j.eval.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.GroupedRanking;
import org.mtl4j.core.metric.RowPart;

/**
 * Grouped AUC, {@code gauc}: the mean of each group's own {@link Auc}, a group counting as much as
 * its rows weigh together, that is by its impressions (Zhu and others, KDD 2018). In [0, 1], 0.5
 * for scores that say nothing within a group, however well they tell groups apart.
 *
 * <p>By example weight, within a group and between them. Groups of one class have no AUC and are
 * left out; how many those are is said. Ties count one half. Not defined where no group has both
 * classes.
 */
public record Gauc() implements BinaryMetric {
  @Override
  public String key() {
    return "gauc";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Set<RowPart> needs() {
    return Set.of(RowPart.GROUPS);
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    if (rows.groups().isEmpty()) {
      return OptionalDouble.empty();
    }
    IntToDoubleFunction values = rows.groupValues(this, 2, undrawn -> new Group(undrawn)::value);
    double total = 0;
    double weight = 0;
    int groups = rows.unitCount(); // Asked once: threads of a bootstrap wait for each other there.
    for (int g = 0; g < groups; g++) {
      int count = rows.groupCount(g);
      if (count > 0) {
        total += count * values.applyAsDouble(2 * g);
        weight += count * values.applyAsDouble(2 * g + 1);
      }
    }
    return weight > 0 ? OptionalDouble.of(total / weight) : OptionalDouble.empty();
  }

  @Override
  public Optional<String> caveat(EvaluationRows rows, List<String> classes) {
    Group group = new Group(rows);
    int without = 0;
    for (int g = 0; g < rows.unitCount(); g++) {
      without += group.read(g) ? 0 : 1;
    }
    return without == 0
        ? Optional.empty()
        : Optional.of(
            "is the mean over %d of %d groups: the other %d have one class only"
                .formatted(rows.unitCount() - without, rows.unitCount(), without));
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return rows.groups().isEmpty() || !WeightedMean.weighs(rows)
        ? BinaryMetric.super.whyUndefined(rows)
        : "none of %d groups has both classes".formatted(rows.unitCount());
  }

  /** The pairs of one group at a time. */
  private static final class Group {
    private final EvaluationRows rows;
    private final GroupedRanking ranking;
    private double positives;
    private double negatives;
    private double inOrder;
    private boolean hasBoth;

    Group(EvaluationRows rows) {
      this.rows = rows.inGroups();
      this.ranking = this.rows.groupedRanking();
    }

    /** Whether the group has both classes. */
    boolean read(int group) {
      positives = 0;
      negatives = 0;
      inOrder = 0;
      int last = ranking.end(group);
      for (int start = ranking.start(group), end; start < last; start = end) {
        end = ranking.endOfTie(start);
        addTie(start, end);
      }
      return positives > 0 && negatives > 0;
    }

    private void addTie(int start, int end) {
      double newPositives = 0;
      double newNegatives = 0;
      for (int i = start; i < end; i++) {
        int row = ranking.row(i);
        if (rows.labels().get(row) == 1) {
          newPositives += rows.weight(row);
        } else {
          newNegatives += rows.weight(row);
        }
      }
      inOrder += newNegatives * (positives + newPositives / 2);
      positives += newPositives;
      negatives += newNegatives;
    }

    /**
     * By an even number 2 g the AUC of group g times its weight, by 2 g + 1 its weight, which is to
     * be asked for next; 0 where it has one class only.
     */
    double value(int i) {
      if (i % 2 == 0) {
        hasBoth = read(i / 2);
      }
      if (!hasBoth) {
        return 0;
      }
      double weight = positives + negatives;
      return i % 2 == 0 ? weight * (inOrder / (positives * negatives)) : weight;
    }
  }
}
