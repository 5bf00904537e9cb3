package org.mtl4j.models.component;

import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.SmallProblem;

/** The tower and the head of the task with several classes, whose logit is a matrix. */
class TowerHeadsTest extends LayerContractTest {
  private static final FittedTask GENRE =
      SmallProblem.withFunnel("click").tasks().stream()
          .filter(task -> task.name().equals("genre"))
          .findFirst()
          .orElseThrow();

  @Override
  protected Class<?> subject() {
    return TowerHeads.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) -> new TowerHeads(new Mlp(List.of(5), 0)).logit(context, GENRE, x).tensor();
  }

  @Override
  protected int width() {
    return 4;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double[] hidden =
        PlainLayers.relu(PlainLayers.linear(variables, "layer/tower_genre/dense_1", x));
    return PlainLayers.linear(variables, "layer/head_genre/logit", hidden);
  }
}
