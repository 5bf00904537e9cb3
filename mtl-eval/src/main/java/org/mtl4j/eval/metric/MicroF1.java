package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Micro-averaged F1 of a multilabel output, {@code micro_f1}: the harmonic mean of precision and
 * recall over the labels of all classes together, so that frequent classes count most. A class is
 * predicted from a probability above 0.5 on. In [0, 1]. Not defined where no row has a class, in
 * fact or as predicted.
 */
public record MicroF1() implements Metric {
  @Override
  public String key() {
    return "micro_f1";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Multilabel;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return F1.of(rows);
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "none of %d rows has a class, in fact or as predicted".formatted(rows.size())
        : Metric.super.whyUndefined(rows);
  }
}
