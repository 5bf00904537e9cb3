package org.mtl4j.models.stem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.OverBottom;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.mlp.MlpBottom;

/** Over a bottom, of which the features by each embedding have one of their own. */
class StemOverBottomTest extends ForwardTest {
  @Override
  protected OverBottom model() {
    return new OverBottom(new StemTest().model(), new MlpBottom(List.of(7), 0, Normalization.NONE));
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    List<double[]> raw = StemTest.inputs(x);
    List<double[]> inputs = new ArrayList<>(List.of(network.mlp("bottom", 1, raw.get(0))));
    for (int t = 0; t < PROBLEM.tasks().size(); t++) {
      String scope = "bottom/embedding_" + PROBLEM.tasks().get(t).name();
      inputs.add(network.mlp(scope, 1, raw.get(1 + t)));
    }
    return StemTest.hidden(network, inputs);
  }

  @Test
  void taskMovesItsOwnBottomAndTheSharedOneAndNoOthers() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "bottom/dense_1/")).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "bottom/embedding_" + other.name()))
            .as("%s on %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }
}
