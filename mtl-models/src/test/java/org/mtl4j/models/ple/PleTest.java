package org.mtl4j.models.ple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.SameLosses;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.cgc.Cgc;
import org.mtl4j.models.component.Gating;
import org.mtl4j.testkit.PlainLayers;

class PleTest extends ForwardTest {
  private static final int LEVELS = 3;
  private static final int OWN = 2;
  private static final int SHARED = 3;

  /** Three experts of the first task's own, and two of each other's. */
  private static final Map<String, Integer> BUDGET = Map.of(PROBLEM.tasks().get(0).name(), 3);

  private static Ple ple(int levels, Map<String, Integer> budget) {
    return new Ple(
        levels, OWN, budget, SHARED, List.of(6), List.of(5), 0, Normalization.NONE, Gating.plain());
  }

  @Override
  protected MultiTaskModel model() {
    return ple(LEVELS, BUDGET);
  }

  /** Each side's mix is its input of the next level; the shared side mixes all experts. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> byTask = new LinkedHashMap<>();
    PROBLEM.tasks().forEach(task -> byTask.put(task.name(), x));
    double[] shared = x;
    for (int level = 1; level <= LEVELS; level++) {
      String scope = "ple/level_" + level;
      List<double[]> sharedExperts = network.experts(scope + "/experts", SHARED, 1, shared);
      List<double[]> all = new ArrayList<>();
      for (FittedTask task : PROBLEM.tasks()) {
        String t = task.name();
        List<double[]> own =
            network.experts(scope + "/experts_" + t, BUDGET.getOrDefault(t, OWN), 1, byTask.get(t));
        all.addAll(own);
        List<double[]> both = new ArrayList<>(own);
        both.addAll(sharedExperts);
        double[] gate = PlainLayers.softmax(network.linear(scope + "/gate_" + t, byTask.get(t)));
        byTask.put(t, PlainNetwork.mixed(gate, both));
      }
      all.addAll(sharedExperts);
      if (level < LEVELS) {
        double[] gate = PlainLayers.softmax(network.linear(scope + "/gate", shared));
        shared = PlainNetwork.mixed(gate, all);
      }
    }
    byTask.replaceAll((task, mixed) -> network.mlp("tower_" + task, 1, mixed));
    return byTask;
  }

  @Test
  void oneLevelIsCgc() {
    SameLosses.assertSame(
        ple(1, Map.of()),
        new Cgc(OWN, SHARED, List.of(6), List.of(5), 0),
        PROBLEM,
        name -> name.replaceFirst("^ple/level_1/", "cgc/"));
  }

  @Test
  void taskReachesOtherTasksExpertsBelowTheLastLevelOnly() {
    TaskGradients gradients = TaskGradients.of(ple(2, BUDGET), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      for (FittedTask other : PROBLEM.tasks()) {
        String on = "%s on experts of %s".formatted(task.name(), other.name());
        assertThat(gradients.reaches(task.name(), "ple/level_1/experts_" + other.name()))
            .as(on)
            .isTrue();
        assertThat(gradients.reaches(task.name(), "ple/level_2/experts_" + other.name()))
            .as(on)
            .isEqualTo(task.equals(other));
      }
    }
  }

  @Test
  void wrongNumberOfLevelsIsRefusedByName() {
    assertThatThrownBy(() -> ple(0, BUDGET)).hasMessage("levels: expected 1 to 16, found 0");
    assertThatThrownBy(() -> ple(17, BUDGET)).hasMessage("levels: expected 1 to 16, found 17");
  }
}
