package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.RandomRows;
import org.mtl4j.testkit.TestSeed;

class GaucTest extends MetricContractTest {
  @Override
  protected Gauc metric() {
    return new Gauc();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Test
  void isTheMeanOfTheGroupsAucByTheirWeight() {
    EvaluationRows rows = RandomRows.of(new TaskType.Binary(List.of()), 60, TestSeed.random());
    int[] groups = rows.groups().orElseThrow().toArray();
    double total = 0;
    double weight = 0;
    for (int group : IntStream.of(groups).distinct().toArray()) {
      EvaluationRows members =
          RandomRows.select(
              rows, IntStream.range(0, groups.length).filter(i -> groups[i] == group).toArray());
      OptionalDouble auc = new Auc().compute(members);
      if (auc.isPresent()) {
        double ofGroup = DoubleStream.of(RandomRows.weights(members)).sum();
        total += ofGroup * auc.getAsDouble();
        weight += ofGroup;
      }
    }

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(total / weight, within(1e-12));
  }

  /** Three rows in order, two against it: (3 * 1 + 2 * 0) / 5. */
  @Test
  void groupsOfOneClassAreLeftOutAndCounted() {
    EvaluationRows rows =
        TestRows.grouped(
            new double[] {.9, .2, .3, .4, .5, .1},
            new double[] {1, 0, 0, 1, 0, 1},
            7,
            7,
            7,
            8,
            8,
            9);

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(.6, within(1e-15));
    assertThat(metric().caveat(rows, List.of()))
        .contains("is the mean over 2 of 3 groups: the other 1 have one class only");
  }

  @Test
  void groupsOfOneClassAloneAreUndefined() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {1, 0}, 1, 2);

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("none of 2 groups has both classes");
  }
}
