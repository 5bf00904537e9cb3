package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Accuracy, {@code accuracy}: the share, by example weight, of rows whose most probable class is
 * their label; of a multilabel output, of rows whose classes are all told and no other. In [0, 1].
 *
 * <p>A yes takes a probability above 0.5; of classes in a tie the first is taken. Do not judge rare
 * positives by it: saying no to every row of a click log is 98 % accurate. Not defined without rows
 * or weight.
 */
public record Accuracy() implements Metric {
  @Override
  public String key() {
    return "accuracy";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return !(type instanceof TaskType.Regression) && !type.isUnsupervised();
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return WeightedMean.of(
        rows,
        this,
        row ->
            rows.hasSets()
                ? wholeSet(rows, row)
                : ClassProbabilities.mostProbable(rows, row) == rows.labels().get(row) ? 1 : 0);
  }

  private static double wholeSet(EvaluationRows rows, int row) {
    for (int i = row * rows.width(); i < (row + 1) * rows.width(); i++) {
      if (rows.predictions().get(i) > 0.5 != (rows.labels().get(i) == 1)) {
        return 0;
      }
    }
    return 1;
  }
}
