package org.mtl4j.models.poso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.OpenGates;
import org.mtl4j.models.Places;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.sharedbottom.SharedBottom;

class PosoTest extends ForwardTest {
  private static final List<FeatureGroup> GROUPS = List.of(FeatureGroup.USER, FeatureGroup.CONTEXT);

  @Override
  protected MultiTaskModel model() {
    return new Poso(GROUPS, List.of(3), List.of(8, 6), List.of(5), 0, Normalization.NONE);
  }

  /** h_l = 2 sigmoid(g_l(x_pc)) * relu(W_l h_(l-1) + b_l), in the bottom and in the towers. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] who = Places.of(x, FeatureGroup.USER, FeatureGroup.CONTEXT);
    double[] bottom = network.scaledMlp("poso", 2, x, who);
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.scaledMlp("tower_" + task.name(), 1, bottom, who));
    }
    return hidden;
  }

  @Test
  void openGatesLeaveASharedBottom() {
    OpenGates.assertSame(
        model(),
        new SharedBottom(List.of(8, 6), List.of(5), 0),
        PROBLEM,
        name -> name.replace("shared_bottom/", "poso/"));
  }

  @Test
  void tasksShareTheBottomsGatesAndHaveTheirTowersForThemselves() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "poso/gate_1/logit")).isTrue();
      assertThat(gradients.reaches(task.name(), "poso/gate_2/dense_1")).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "tower_" + other.name() + "/gate_1"))
            .as("%s on the tower of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }

  @Test
  void keysAreChecked() {
    assertThatThrownBy(
            () -> new Poso(List.of(), List.of(3), List.of(8), List.of(), 0, Normalization.NONE))
        .hasMessageStartingWith("gate_groups: expected at least one group");
    assertThatThrownBy(
            () -> new Poso(GROUPS, List.of(0), List.of(8), List.of(), 0, Normalization.NONE))
        .hasMessageStartingWith("gate_layers: expected widths from 1");
    assertThatThrownBy(() -> model().check(List.of()))
        .hasMessageContaining("found none of the group user, context");
  }
}
