package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every layer promises: its formula, row by row, and the gradients of that formula towards its
 * input and each of its variables. A subclass writes the formula in plain loops.
 */
public abstract class LayerContractTest {
  private static final int ROWS = 5;
  private static final double ROUNDING = 1e-12;

  /** The class that makes the operations. */
  protected abstract Class<?> subject();

  /** The layer under test; if it has dropout, it has it here too. */
  protected abstract LayerHarness.Layer layer();

  /** Width of its input. */
  protected abstract int width();

  /**
   * The formula for one row.
   *
   * @param variables by name; the layer is in the scope {@code layer}
   * @param x [width]
   * @return the row's part of the output, in row-major order
   */
  protected abstract double[] plain(Map<String, double[]> variables, double[] x);

  /**
   * Moves random variables to where the formula is defined; as they are unless a layer overrides
   * it.
   *
   * @param variables input and variables by name, to be changed in place
   */
  protected void bound(Map<String, double[]> variables) {}

  @Test
  void outputFollowsTheFormula() {
    Random random = TestSeed.random();
    try (LayerHarness harness = new LayerHarness(false, width(), layer())) {
      Map<String, double[]> point = harness.point(ROWS, random);
      bound(point);
      double[] output = harness.forward(point);
      int size = output.length / ROWS;
      for (int row = 0; row < ROWS; row++) {
        double[] x = LayerHarness.row(point.get(LayerHarness.X), width(), row);
        double[] expected = plain(point, x);
        assertThat(expected).as("values a row").hasSize(size);
        for (int i = 0; i < size; i++) {
          String what = "row %d, value %d".formatted(row, i);
          Slopes.assertNear(output[row * size + i], expected[i], ROUNDING, what);
        }
      }
    }
  }

  /** In training too, where dropout is on. */
  @Test
  void gradientsAgreeWithFiniteDifferences() {
    for (boolean training : new boolean[] {false, true}) {
      Random random = TestSeed.random();
      try (LayerHarness harness = new LayerHarness(training, width(), layer())) {
        Map<String, double[]> point = harness.pointAwayFromKinks(ROWS, random);
        bound(point);
        harness.checkGradients(point, random);
      }
    }
  }
}
