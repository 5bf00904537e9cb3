package com.example.shop;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

/** A metric of the application's own keeps the contract of MTL4J's. */
class BiasTest extends MetricContractTest {
  /** How far predictions are off on average, by example weight, in the label's unit; from 0. */
  record Bias() implements Metric {
    @Override
    public String key() {
      return "bias";
    }

    @Override
    public boolean appliesTo(TaskType type) {
      return type instanceof TaskType.Regression;
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }

    @Override
    public OptionalDouble compute(EvaluationRows rows) {
      double weight = IntStream.range(0, rows.size()).mapToDouble(i -> rows.weight(i)).sum();
      double errors =
          IntStream.range(0, rows.size())
              .mapToDouble(i -> rows.weight(i) * (rows.predictions().get(i) - rows.labels().get(i)))
              .sum();
      return weight > 0 ? OptionalDouble.of(Math.abs(errors / weight)) : OptionalDouble.empty();
    }
  }

  @Override
  protected Bias metric() {
    return new Bias();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }
}
