package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Micro-averaged F1, {@code micro_f1}: the harmonic mean of precision and recall over the labels of
 * all classes together, so that frequent classes count most. Predicted is the most probable class,
 * which makes it the {@link Accuracy}, or of a multilabel output every class from a probability
 * above 0.5 on. By example weight. In [0, 1]. Not defined where no row has a class, in fact or as
 * predicted.
 */
public record MicroF1() implements Metric {
  @Override
  public String key() {
    return "micro_f1";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Multilabel || type.isClass();
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    // With one class a row, each miss is a false positive and a false negative: the accuracy.
    return rows.hasSets() ? F1.of(rows) : new Accuracy().compute(rows);
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "none of %d rows has a class, in fact or as predicted".formatted(rows.size())
        : Metric.super.whyUndefined(rows);
  }
}
