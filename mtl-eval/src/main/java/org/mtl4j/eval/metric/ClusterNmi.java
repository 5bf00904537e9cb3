package org.mtl4j.eval.metric;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Normalised mutual information of the most probable clusters and a label, {@code nmi} (Strehl and
 * Ghosh, JMLR 3, 2002): what one says of the other over the arithmetic mean of their entropies, by
 * example weight, over the rows that have the label. In [0, 1], 1 for the same parts of the rows
 * under any names. Not defined without such rows or weight; 1 where both have one part.
 */
public record ClusterNmi() implements Metric {
  @Override
  public String key() {
    return "nmi";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Clustering clustering && clustering.rule().labelled();
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    Map<Integer, Double> labels = new TreeMap<>();
    Map<Integer, Double> clusters = new TreeMap<>();
    Map<Long, Double> both = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      int label = (int) rows.labels().get(row);
      double weight = rows.weight(row);
      if (label >= 0 && weight > 0) {
        int cluster = mostProbable(rows, row);
        labels.merge(label, weight, Double::sum);
        clusters.merge(cluster, weight, Double::sum);
        both.merge(((long) label << Integer.SIZE) | cluster, weight, Double::sum);
      }
    }
    if (both.isEmpty()) {
      return OptionalDouble.empty();
    }
    double entropies = entropy(labels) + entropy(clusters);
    return OptionalDouble.of(
        entropies == 0 ? 1 : Math.max(0, 2 * (entropies - entropy(both)) / entropies));
  }

  /** In nats. */
  private static double entropy(Map<?, Double> weights) {
    double total = weights.values().stream().mapToDouble(w -> w).sum();
    return weights.values().stream().mapToDouble(w -> -w / total * Math.log(w / total)).sum();
  }

  private static int mostProbable(EvaluationRows rows, int row) {
    int first = row * rows.width();
    int best = 0;
    for (int c = 1; c < rows.width() - 1; c++) {
      if (rows.predictions().get(first + c) > rows.predictions().get(first + best)) {
        best = c;
      }
    }
    return best;
  }

  /** A bootstrap's samples hold fewer parts, which seem to go together. */
  @Override
  public boolean canBeResampled() {
    return false;
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return rows.totalWeight() > 0
        ? "no row of %d has the label compared with".formatted(rows.size())
        : Metric.super.whyUndefined(rows);
  }
}
