package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class EceTest extends MetricContractTest {
  @Override
  protected Ece metric() {
    return new Ece();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  /** Two bins: 2 rows of mean .6, one of them positive; one row of .9, positive. */
  @Test
  void isTheMeanDistanceOfBins() {
    EvaluationRows rows = TestRows.of(new double[] {.6, .6, .9}, new double[] {1, 0, 1});

    assertThat(metric().compute(rows).orElseThrow())
        .isCloseTo((2 * .1 + 1 * .1) / 3, within(1e-15));
  }

  /** With 15 bins, 3 / 15 belongs to the third and the next double to the fourth. */
  @Test
  void edgeBelongsToTheBinBelow() {
    ReliabilityTable table =
        ReliabilityTable.ofEqualWidth(
            TestRows.of(
                new double[] {3 / 15.0, Math.nextUp(3 / 15.0), 0, 1}, new double[] {1, 0, 0, 1}),
            15);

    assertThat(table.bins())
        .extracting(ReliabilityTable.Bin::most)
        .containsExactly(0.0, 3 / 15.0, Math.nextUp(3 / 15.0), 1.0);
  }
}
