package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Mean absolute error in classes, {@code class_mae}: how many places of the classes' order lie
 * between the most probable class and the label, on average by example weight. In the unit of the
 * order, a class, from 0 on. Not defined without rows or weight.
 */
public record ClassMae() implements Metric {
  @Override
  public String key() {
    return "class_mae";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Ordinal;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return WeightedMean.of(
        rows,
        this,
        row -> Math.abs(ClassProbabilities.mostProbable(rows, row) - rows.labels().get(row)));
  }
}
