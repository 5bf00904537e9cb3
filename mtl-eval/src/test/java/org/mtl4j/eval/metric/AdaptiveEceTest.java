package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class AdaptiveEceTest extends MetricContractTest {
  @Override
  protected AdaptiveEce metric() {
    return new AdaptiveEce();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  /** 30 rows in 15 bins of two, whatever their scores. */
  @Test
  void binsHaveEqualWeight() {
    double[] scores = DoubleStream.iterate(.5, s -> s * .9).limit(30).toArray();
    double[] labels = new double[30];
    labels[0] = 1;
    EvaluationRows rows = TestRows.of(scores, labels);
    double expected = 0;
    for (int i = 0; i < 30; i += 2) {
      expected +=
          Math.abs((scores[i] + scores[i + 1]) / 2 - (labels[i] + labels[i + 1]) / 2) * 2 / 30;
    }

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(expected, within(1e-15));
  }

  @Test
  void tiesAreNeverParted() {
    ReliabilityTable table =
        ReliabilityTable.ofEqualWeight(
            TestRows.weighted(
                new double[] {.2, .7, .2, .2},
                new double[] {1, 1, 0, 0},
                new double[] {1, 2, 1, 0}),
            2);

    assertThat(table.bins())
        .containsExactly(
            new ReliabilityTable.Bin(.2, .2, 2, .2, .5),
            new ReliabilityTable.Bin(.7, .7, 2, .7, 1));
  }
}
