package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.SmallProblem;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** A level with a shared gate: the mixes of two tasks, then that of the shared side. */
class ExtractionLevelTest extends LayerContractTest {
  private static final List<FittedTask> TASKS =
      SmallProblem.withFunnel("click", "cart").tasks().subList(0, 2);
  private static final int OWN = 2;
  private static final int SHARED = 3;

  @Override
  protected Class<?> subject() {
    return ExtractionLevel.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) -> {
      ExtractionLevel.Streams out =
          new ExtractionLevel(new ExpertCounts(OWN, SHARED), List.of(3), 0.5, Normalization.NONE)
              .apply(context, "", ExtractionLevel.Streams.of(TASKS, x), GatesTest.over(context, x));
      List<Operand<TFloating>> mixes = new ArrayList<>(out.byTask().values());
      mixes.add(out.shared());
      return context.tf().concat(mixes, context.tf().constant(1));
    };
  }

  @Override
  protected int width() {
    return 4;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    List<double[]> shared = PlainNetwork.experts(variables, "layer/experts", SHARED, 1, x);
    List<double[]> all = new ArrayList<>();
    DoubleStream mixes = DoubleStream.empty();
    for (FittedTask task : TASKS) {
      String scope = "layer/experts_" + task.name();
      List<double[]> own = PlainNetwork.experts(variables, scope, OWN, 1, x);
      all.addAll(own);
      List<double[]> both = new ArrayList<>(own);
      both.addAll(shared);
      mixes = DoubleStream.concat(mixes, mix(variables, "layer/gate_" + task.name(), x, both));
    }
    all.addAll(shared);
    return DoubleStream.concat(mixes, mix(variables, "layer/gate", x, all)).toArray();
  }

  private static DoubleStream mix(
      Map<String, double[]> variables, String gate, double[] x, List<double[]> experts) {
    double[] weights = PlainLayers.softmax(PlainLayers.linear(variables, gate, x));
    return DoubleStream.of(PlainNetwork.mixed(weights, experts));
  }
}
