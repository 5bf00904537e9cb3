package org.mtl4j.eval.multitask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.TestSeed;

class GoalsTest {
  /** An AUC and an RMSE: the second model is worse than the first in both. */
  private final Goals goals =
      new Goals(new double[][] {{.8, 1.0}, {.7, 1.1}, {.9, 1.2}, {.8, 1.0}}, true, false);

  @Test
  void frontIsWhatNobodyDominates() {
    assertThat(goals.paretoFront()).containsExactly(0, 2, 3);
  }

  @Test
  void equalModelsShareTheirRanks() {
    assertThat(goals.meanRanks()).containsExactly((2.5 + 1.5) / 2, (4 + 3) / 2.0, 2.5, 2);
  }

  /** A box of .3 by .5 and one of .4 by .3, of which .3 by .3 is common. */
  @Test
  void hypervolumeCountsWhatIsCommonOnce() {
    assertThat(goals.hypervolume(.5, 1.5)).isCloseTo(.15 + .12 - .09, within(1e-15));
    assertThat(goals.hypervolume(.9, 1.5)).isZero();
  }

  /** Small whole numbers: the volume is the number of unit cubes that some model covers. */
  @Test
  void hypervolumeIsTheNumberOfUnitCubes() {
    Random random = TestSeed.random();
    for (int round = 0; round < 50; round++) {
      double[][] figures = new double[1 + random.nextInt(6)][];
      for (int model = 0; model < figures.length; model++) {
        figures[model] = random.ints(3, -1, 6).asDoubleStream().toArray();
      }
      int cubes = 0;
      for (int cube = 0; cube < 216; cube++) {
        cubes += covered(figures, cube / 36, cube / 6 % 6, cube % 6) ? 1 : 0;
      }

      assertThat(new Goals(figures, true, true, true).hypervolume(0, 0, 0))
          .as("round %d, seed %d", round, TestSeed.value())
          .isEqualTo(cubes);
    }
  }

  private static boolean covered(double[][] figures, int x, int y, int z) {
    for (double[] model : figures) {
      if (model[0] > x && model[1] > y && model[2] > z) {
        return true;
      }
    }
    return false;
  }

  @Test
  void figuresThatAreNoneOrTooFewAreRefused() {
    assertThatThrownBy(() -> new Goals(new double[][] {{1}}, true, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 2 figures a model, found 1");
    assertThatThrownBy(() -> new Goals(new double[][] {{Double.NaN}}, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected figures that are numbers, found NaN");
    assertThatThrownBy(() -> goals.hypervolume(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 2 figures of reference, found 1");
  }
}
