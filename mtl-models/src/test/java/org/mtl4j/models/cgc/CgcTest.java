package org.mtl4j.models.cgc;

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
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.testkit.PlainLayers;

class CgcTest extends ForwardTest {
  private static final int OWN = 2;
  private static final int SHARED = 3;

  /** One expert of the first task's own, and two of each other's. */
  private static final Map<String, Integer> BUDGET = Map.of(PROBLEM.tasks().get(0).name(), 1);

  private static Cgc cgc(int own, Map<String, Integer> budget) {
    return new Cgc(
        own, budget, SHARED, List.of(10, 8), List.of(6), 0, Normalization.NONE, Gating.plain());
  }

  @Override
  protected MultiTaskModel model() {
    return cgc(OWN, BUDGET);
  }

  /** h_t(g_t(x) [E_t(x), E_s(x)]) with g_t(x) = softmax(W_t x + b_t). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      String t = task.name();
      List<double[]> experts =
          new ArrayList<>(network.experts("cgc/experts_" + t, BUDGET.getOrDefault(t, OWN), 2, x));
      experts.addAll(network.experts("cgc/experts", SHARED, 2, x));
      double[] gate = PlainLayers.softmax(network.linear("cgc/gate_" + t, x));
      hidden.put(t, network.mlp("tower_" + t, 1, PlainNetwork.mixed(gate, experts)));
    }
    return hidden;
  }

  @Test
  void withoutExpertsOfTheTasksItIsMmoe() {
    SameLosses.assertSame(
        new Cgc(0, SHARED, List.of(10, 8), List.of(6), 0),
        new Mmoe(SHARED, List.of(10, 8), List.of(6), 0),
        PROBLEM,
        name -> name.replaceFirst("^cgc/", "mmoe/"));
  }

  @Test
  void budgetIsMoreThanWhatEachTaskHas() {
    Map<String, Integer> none = new LinkedHashMap<>();
    PROBLEM.tasks().forEach(task -> none.put(task.name(), 0));
    SameLosses.assertSame(cgc(OWN, none), cgc(0, Map.of()), PROBLEM, name -> name);
    SameLosses.assertSame(
        (Cgc) cgc(OWN, BUDGET).forTask("other"), cgc(OWN, Map.of()), PROBLEM, name -> name);
  }

  @Test
  void taskReachesItsOwnExpertsAndTheSharedOnesAndNoOthers() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "cgc/experts/")).as(task.name()).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        for (String part : List.of("cgc/experts_", "cgc/gate_", "tower_")) {
          assertThat(gradients.reaches(task.name(), part + other.name()))
              .as("%s on %s%s", task.name(), part, other.name())
              .isEqualTo(task.equals(other));
        }
      }
    }
  }

  @Test
  void wrongNumbersOfExpertsAreRefusedByName() {
    assertThatThrownBy(() -> new Cgc(-1, 1, List.of(4), List.of(), 0))
        .hasMessage("task_experts: expected 0 to 1024, found -1");
    assertThatThrownBy(() -> cgc(1, Map.of("click", 2000)))
        .hasMessage("experts_by_task.click: expected 0 to 1024, found 2000");
    assertThatThrownBy(() -> cgc(1, Map.of("clik", 2)).outputs(PROBLEM.tasks()))
        .hasMessageStartingWith("experts_by_task: expected tasks, found \"clik\".");
    assertThatThrownBy(() -> new Cgc(1, 0, List.of(4), List.of(), 0))
        .hasMessage("shared_experts: expected 1 to 1024, found 0");
    assertThatThrownBy(() -> new Cgc(1, 1, List.of(), List.of(), 0))
        .hasMessage("expert_layers: expected at least one layer, found none");
  }
}
