package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.eval.metric.ReliabilityTable.Bin;

/** Bins by hand. */
class ReliabilityTableTest {
  private static final EvaluationRows ROWS =
      new EvaluationRows(
          new double[] {.9, .5, .1},
          1,
          new double[] {1, 0, 1},
          new double[] {1, 2, 1},
          Optional.empty());

  @Test
  void aPredictionGoesWhereTheMiddleOfItsWeightIs() {
    // Of the weight 4 the row of .5 has 1 to 3: its middle, 2, is where the second bin begins.
    assertThat(ReliabilityTable.ofEqualWeight(ROWS, 2).bins())
        .containsExactly(new Bin(.1, .1, 1, .1, 1), new Bin(.5, .9, 3, 1.9 / 3, 1 / 3.0));
  }

  @Test
  void anEdgeBelongsToTheBinBelow() {
    assertThat(ReliabilityTable.ofEqualWidth(ROWS, 2).bins())
        .containsExactly(new Bin(.1, .5, 3, 1.1 / 3, 1 / 3.0), new Bin(.9, .9, 1, .9, 1));
  }
}
