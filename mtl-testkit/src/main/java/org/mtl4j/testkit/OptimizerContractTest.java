package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.Optimizer;

/**
 * What every {@link Optimizer} promises: its formula, on a dense variable and on the rows of a
 * table that a step touches, gradients of 0 among them, and that it leaves all other rows and their
 * slots alone. A subclass writes the formula in plain Java.
 */
public abstract class OptimizerContractTest {
  private static final int STEPS = 20;

  /** Every fifth step has gradients of 0: slots decay, and what is left in them still moves. */
  private static final int SILENT = 5;

  private static final double ROUNDING = 1e-12;

  /** The optimiser under test. */
  protected abstract Optimizer optimizer();

  /** The formula for a dense variable of that many elements. */
  protected abstract Rule denseRule(int size);

  /** The formula for one row of that width: by default the same. */
  protected Rule rowRule(int width) {
    return denseRule(width);
  }

  /**
   * Whether weights shrink even where no gradient has ever been: a decay or a penalty is no
   * gradient.
   */
  protected boolean shrinks() {
    return false;
  }

  /** An update rule with slots of its own. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Takes a step.
     *
     * @param weights changed in place
     * @param gradient of the same length
     * @param step number of the step, from 1
     */
    void apply(double[] weights, double[] gradient, int step);
  }

  @Test
  void denseVariableFollowsTheFormula() {
    Random random = TestSeed.random();
    double[] expected = random.doubles(OptimizerHarness.DENSE, -1, 1).toArray();
    Rule rule = denseRule(OptimizerHarness.DENSE);
    try (OptimizerHarness harness = new OptimizerHarness(optimizer())) {
      harness.start(expected, new double[OptimizerHarness.ROWS * OptimizerHarness.WIDTH]);
      for (int step = 1; step <= STEPS; step++) {
        OptimizerHarness.Step drawn = draw(step, random);
        harness.take(drawn);
        rule.apply(expected, drawn.denseGradient(), step);
        assertClose(harness.dense(), expected, "step " + step);
      }
    }
  }

  @Test
  void touchedRowsFollowTheFormulaWithRepeatedIdsSummed() {
    Random random = TestSeed.random();
    double[] table = random.doubles(OptimizerHarness.TABLE_SIZE, -1, 1).toArray();
    Map<Integer, Rule> rules = new LinkedHashMap<>();
    try (OptimizerHarness harness = new OptimizerHarness(optimizer())) {
      harness.start(new double[OptimizerHarness.DENSE], table);
      for (int step = 1; step <= STEPS; step++) {
        OptimizerHarness.Step drawn = draw(step, random);
        harness.take(drawn);
        int number = step;
        drawn
            .rowGradients()
            .forEach(
                (id, gradient) -> {
                  Rule rule = rules.computeIfAbsent(id, unused -> rowRule(OptimizerHarness.WIDTH));
                  applyToRow(rule, table, id, gradient, number);
                });
        assertClose(harness.table(), table, "step " + step);
      }
    }
    assertThat(rules).as(seed("rows touched")).hasSizeGreaterThan(3);
  }

  private static OptimizerHarness.Step draw(int step, Random random) {
    OptimizerHarness.Step drawn = OptimizerHarness.Step.random(step, random);
    return step % SILENT == 0 ? drawn.silent() : drawn;
  }

  private static void applyToRow(Rule rule, double[] table, int id, double[] gradient, int step) {
    int width = OptimizerHarness.WIDTH;
    double[] row = Arrays.copyOfRange(table, id * width, (id + 1) * width);
    rule.apply(row, gradient, step);
    System.arraycopy(row, 0, table, id * width, width);
  }

  @Test
  void untouchedRowsAndTheirSlotsStayAsTheyAre() {
    Random random = TestSeed.random();
    double[] table = random.doubles(OptimizerHarness.TABLE_SIZE, -1, 1).toArray();
    try (OptimizerHarness harness = new OptimizerHarness(optimizer())) {
      harness.start(new double[OptimizerHarness.DENSE], table);
      for (int step = 1; step <= STEPS; step++) {
        Map<String, double[][]> before = harness.tables();
        OptimizerHarness.Step drawn = draw(step, random);
        harness.take(drawn);
        Map<String, double[][]> after = harness.tables();
        assertThat(after).containsOnlyKeys(before.keySet());
        for (String name : before.keySet()) {
          for (int id = 0; id < OptimizerHarness.ROWS; id++) {
            if (!drawn.rowGradients().containsKey(id)) {
              assertThat(after.get(name)[id])
                  .as(seed(name + ", row " + id + ", step " + step))
                  .isEqualTo(before.get(name)[id]);
            }
          }
        }
      }
    }
  }

  /** A task without a row in the first batches moves none of its variables, and none is NaN. */
  @Test
  void gradientsOfZeroAtTheStartChangeNothing() {
    Random random = TestSeed.random();
    double[] dense = random.doubles(OptimizerHarness.DENSE, -1, 1).toArray();
    double[] table = random.doubles(OptimizerHarness.TABLE_SIZE, -1, 1).toArray();
    try (OptimizerHarness harness = new OptimizerHarness(optimizer())) {
      harness.start(dense, table);
      for (int step = 1; step <= 3; step++) {
        harness.take(OptimizerHarness.Step.random(step, random).silent());
      }
      if (shrinks()) {
        assertShrunk(harness.dense(), dense, "dense");
        assertShrunk(harness.table(), table, "table");
      } else {
        assertThat(harness.dense()).as(seed("dense")).isEqualTo(dense);
        assertThat(harness.table()).as(seed("table")).isEqualTo(table);
      }
    }
  }

  private static void assertShrunk(double[] actual, double[] before, String what) {
    for (int i = 0; i < before.length; i++) {
      assertThat(Math.abs(actual[i])).as(seed(what)).isLessThanOrEqualTo(Math.abs(before[i]));
      assertThat(actual[i] * before[i] >= 0).as(seed(what)).isTrue();
    }
    assertThat(actual).as(seed(what)).isNotEqualTo(before);
  }

  private static void assertClose(double[] actual, double[] expected, String what) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as(seed(what + ", element " + i + ": " + actual[i] + " for " + expected[i]))
          .isLessThan(ROUNDING);
    }
  }

  private static String seed(String what) {
    return what + ", seed " + TestSeed.value();
  }
}
