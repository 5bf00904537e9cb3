package org.mtl4j.models.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;

class MergedExpertsTest extends ExpertsContractTest {
  private static final int ROWS = 7;

  MergedExpertsTest() {
    super(MatrixProducts.MERGED);
  }

  @Override
  protected Class<?> subject() {
    return ExpertOutputs.class;
  }

  @Test
  void outputAndGradientsAreThoseOfSeparateProducts() {
    Random random = TestSeed.random();
    try (LayerHarness merged = new LayerHarness(false, IN, layer(MatrixProducts.MERGED));
        LayerHarness separate = new LayerHarness(false, IN, layer(MatrixProducts.SEPARATE))) {
      Map<String, double[]> point = separate.point(ROWS, random);
      assertThat(merged.point(ROWS, random).keySet()).isEqualTo(point.keySet());
      double[] output = separate.forward(point);
      assertThat(merged.forward(point))
          .as("seed %d", TestSeed.value())
          .containsExactly(output, within(1e-13));
      double[] factors = random.doubles(output.length, -1, 1).toArray();
      Map<String, double[]> gradients = merged.gradients(point, factors);
      separate
          .gradients(point, factors)
          .forEach(
              (name, gradient) ->
                  assertThat(gradients.get(name))
                      .as("by %s, seed %d", name, TestSeed.value())
                      .containsExactly(gradient, within(1e-13)));
    }
  }

  /** What it is for: the same number of operations to launch, however many experts there are. */
  @Test
  void operationsDoNotGrowWithTheExperts() {
    assertThat(operations(MatrixProducts.MERGED, 16))
        .isEqualTo(operations(MatrixProducts.MERGED, 2));
    assertThat(operations(MatrixProducts.SEPARATE, 16))
        .hasSizeGreaterThan(operations(MatrixProducts.SEPARATE, 2).size());
  }

  /** The kinds of the operations of a forward pass. */
  private static List<String> operations(MatrixProducts products, int experts) {
    List<String> types = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      GraphContext context = GraphContext.inference(graph, variables, "inference").with(products);
      var x =
          context
              .tf()
              .placeholder(FloatType.FLOAT32.tensorClass(), Placeholder.shape(Shape.of(-1, IN)));
      new Experts(experts, List.of(4, 3), 0)
          .apply(context, x)
          .mix(context, Experts.gate(context.scope("gate"), x, experts));
      graph.operations().forEachRemaining((GraphOperation o) -> types.add(o.type()));
    }
    return types;
  }
}
