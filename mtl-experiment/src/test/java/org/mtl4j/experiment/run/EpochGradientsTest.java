package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.training.TaskGradients;
import org.mtl4j.core.training.TaskGradients.Layer;

/** Norms and cosines of an epoch, by hand. */
class EpochGradientsTest {
  private static final List<String> TASKS = List.of("a", "b", "c");

  /** Two layers that a and b share, and a tower of a; c has no gradient. */
  private static TaskGradients batch(double trunk, double table) {
    return new TaskGradients(
        TASKS,
        List.of(
            new Layer("trunk", new double[][] {{4, trunk, 0}, {trunk, 1, 0}, {0, 0, 0}}),
            new Layer("table", new double[][] {{12, table, 0}, {table, 3, 0}, {0, 0, 0}}),
            new Layer("tower_a", new double[][] {{100, 0, 0}, {0, 0, 0}, {0, 0, 0}})));
  }

  /** Of a and b: norms 4 and 2, cosines (-1 + 0) / 8 and (2 + 2) / 8. */
  @Test
  void theMeansOverBatchesAreTakenInAllThatTasksShare() {
    EpochGradients found = EpochGradients.of(List.of(batch(-1, 0), batch(2, 2)));
    assertThat(found.norms()).containsOnlyKeys(TASKS);
    assertThat(found.norms().get("a")).isCloseTo(4, within(1e-12));
    assertThat(found.norms().get("b")).isCloseTo(2, within(1e-12));
    assertThat(found.norms().get("c")).isZero();
    assertThat(found.cosines()).containsOnlyKeys("a", "b");
    assertThat(found.cosines().get("a").get("b")).isCloseTo((-0.125 + 0.5) / 2, within(1e-12));
    assertThat(found.cosines().get("a")).containsEntry("c", null);
    assertThat(found.cosines().get("b")).containsEntry("c", null);
  }

  @Test
  void aGradientBeyondAllNumbersHasNeither() {
    Layer infinite = new Layer("trunk", new double[][] {{Double.POSITIVE_INFINITY, 1}, {1, 1}});
    EpochGradients found =
        EpochGradients.of(List.of(new TaskGradients(List.of("a", "b"), List.of(infinite))));
    assertThat(found.norms()).containsEntry("a", null).containsEntry("b", 1.0);
  }
}
