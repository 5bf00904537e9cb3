package org.mtl4j.testkit.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.L2Penalty;
import org.mtl4j.testkit.TestSeed;

class L2PenaltyTest {
  private static final double DENSE = 0.125;
  private static final double EMBEDDING = 0.25;

  /** The gradient of c w^2 is 2 c w, and the loss is larger by the sum; counted in plain Java. */
  @Test
  void kernelsAndTouchedRowsAreHeldBackAndNothingElse() {
    EncodedRows rows = OneStep.rows();
    OneStep plain = OneStep.by(GradientRules.none(), rows);
    GradientRules rules =
        new GradientRules(
            Optional.of(new L2Penalty(DENSE, EMBEDDING)), Optional.empty(), List.of());
    OneStep held = OneStep.by(rules, rows);
    double penalty = 0;
    int untouched = 0;
    for (String name : plain.moved().keySet()) {
      double[] weights = plain.before().get(name);
      double[] moved = plain.moved().get(name);
      boolean table = name.startsWith("embedding/");
      int width = table ? width(name) : 1;
      for (int i = 0; i < weights.length; i++) {
        double coefficient =
            table ? touched(moved, i / width, width) ? EMBEDDING : 0 : coefficient(name);
        untouched += table && coefficient == 0 ? 1 : 0;
        penalty += coefficient * weights[i] * weights[i];
        assertThat(held.moved().get(name)[i])
            .as("%s, element %d, seed %d", name, i, TestSeed.value())
            .isCloseTo(moved[i] + 2 * coefficient * weights[i], within(3e-7));
      }
    }
    assertThat(untouched).as("seed %d", TestSeed.value()).isPositive();
    assertThat(held.losses().total() - plain.losses().total())
        .as("seed %d", TestSeed.value())
        .isCloseTo(penalty, within(1e-5));
    assertThat(held.losses().tasks()).isEqualTo(plain.losses().tasks());
  }

  private static double coefficient(String name) {
    return name.endsWith("/kernel") ? DENSE : 0;
  }

  private static int width(String table) {
    return table.equals("embedding/user") || table.equals("embedding/item") ? 4 : 2;
  }

  /** A row that the batch has moves, in some element at least. */
  private static boolean touched(double[] moved, int row, int width) {
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (moved[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
