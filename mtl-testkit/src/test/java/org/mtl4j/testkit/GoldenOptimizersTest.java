package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.AdamW;
import org.mtl4j.core.optimizer.Ftrl;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.optimizer.Sgd;

/** Trajectories of PyTorch's and Keras's optimisers; golden.py made them. */
class GoldenOptimizersTest {
  private static final int STEPS = 12;
  private static final double ROUNDING = 1e-13;
  private static final Map<String, double[]> GOLDEN =
      GoldenValues.read(GoldenOptimizersTest.class, "optimizers.csv", 2);

  private static final Adam ADAM = new Adam(0.03, 0.8, 0.95, 1e-2);
  private static final Adagrad ADAGRAD = new Adagrad(0.3, 0.1, 1e-2);

  /** Step t: gradients numbers(10 t), for the variable and, at id 2, for the row; 0 each fourth. */
  private static OptimizerHarness.Step step(int number) {
    int[] ids = {2, 5, 2, 5, 2};
    double[] coefficients = new double[ids.length * OptimizerHarness.WIDTH];
    double[] row = GoldenValues.numbers(10 * number, OptimizerHarness.WIDTH);
    System.arraycopy(row, 0, coefficients, 0, row.length);
    double[] dense = GoldenValues.numbers(10 * number, OptimizerHarness.DENSE);
    OptimizerHarness.Step step = new OptimizerHarness.Step(number, dense, ids, coefficients);
    return number % 4 == 0 ? step.silent() : step;
  }

  private static void assertFollows(Optimizer optimizer, List<String> runs) {
    assertFollows(optimizer, runs, GoldenValues.numbers(0, OptimizerHarness.DENSE));
  }

  private static void assertFollows(Optimizer optimizer, List<String> runs, double[] start) {
    double[] table = new double[OptimizerHarness.TABLE_SIZE];
    int row = 2 * OptimizerHarness.WIDTH;
    double[] first = GoldenValues.numbers(0, OptimizerHarness.WIDTH);
    System.arraycopy(first, 0, table, row, first.length);
    try (OptimizerHarness harness = new OptimizerHarness(optimizer)) {
      harness.start(start, table);
      for (int number = 1; number <= STEPS; number++) {
        harness.take(step(number));
        for (String run : runs) {
          double[] expected = GOLDEN.get(run + "," + number);
          double[] actual =
              run.endsWith("_rows")
                  ? Arrays.copyOfRange(harness.table(), row, row + OptimizerHarness.WIDTH)
                  : harness.dense();
          assertThat(actual).hasSameSizeAs(expected);
          for (int i = 0; i < expected.length; i++) {
            Slopes.assertNear(actual[i], expected[i], ROUNDING, run + ", step " + number);
          }
        }
      }
    }
  }

  @Test
  void adamFollowsKerasAndLazyAdamPyTorchsSparseAdam() {
    assertFollows(ADAM, List.of("adam_dense", "adam_rows"));
  }

  @Test
  void adagradFollowsPyTorchs() {
    assertFollows(ADAGRAD, List.of("adagrad_dense", "adagrad_rows"));
  }

  @Test
  void momentumFollowsPyTorchs() {
    assertFollows(new Sgd(0.05, 0.7), List.of("sgd_dense"));
  }

  @Test
  void adamWFollowsKeras() {
    assertFollows(new AdamW(0.03, 0.2, 0.8, 0.95, 1e-2), List.of("adamw_dense"));
  }

  @Test
  void ftrlFromZeroFollowsKeras() {
    assertFollows(
        new Ftrl(0.3, 0.1, 0.4, 0.3), List.of("ftrl_dense"), new double[OptimizerHarness.DENSE]);
  }
}
