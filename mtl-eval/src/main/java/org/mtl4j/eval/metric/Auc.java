package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Area under the ROC curve, {@code auc}: the probability that a positive row scores above a
 * negative one, a tie counting one half (the Mann-Whitney statistic; Hanley and McNeil, Radiology
 * 143, 1982). In [0, 1], 0.5 for scores that say nothing.
 *
 * <p>With example weights w, over pairs of a positive i and a negative j:
 *
 * <pre>auc = sum w_i w_j ([s_i > s_j] + [s_i = s_j] / 2) / (sum w_i * sum w_j)</pre>
 *
 * <p>It is computed from ranks, with one sort. Not defined where one of the classes is absent or
 * weighs nothing.
 */
public record Auc() implements Metric {
  @Override
  public String key() {
    return "auc";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Binary;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    KeyedRows ranking = KeyedRows.byFallingScore(rows.predictions());
    double positivesAbove = 0;
    double negativesAbove = 0;
    double pairsInOrder = 0;
    for (int start = 0, end; start < ranking.size(); start = end) {
      end = ranking.endOfTie(start);
      double positives = 0;
      double negatives = 0;
      for (int i = start; i < end; i++) {
        int row = ranking.rows()[i];
        if (rows.labels()[row] == 1) {
          positives += rows.weights()[row];
        } else {
          negatives += rows.weights()[row];
        }
      }
      pairsInOrder += negatives * (positivesAbove + positives / 2);
      positivesAbove += positives;
      negativesAbove += negatives;
    }
    double pairs = positivesAbove * negativesAbove;
    return pairs > 0 ? OptionalDouble.of(pairsInOrder / pairs) : OptionalDouble.empty();
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    long weighty = IntStream.range(0, rows.size()).filter(i -> rows.weights()[i] > 0).count();
    return weighty == 0
        ? Metric.super.whyUndefined(rows)
        : "one class only among %d rows".formatted(weighty);
  }
}
