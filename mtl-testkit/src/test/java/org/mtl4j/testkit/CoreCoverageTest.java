package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.sequence.Gru;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** No layer of mtl-core is without its check; heads are sealed, see {@link HeadTest}. */
class CoreCoverageTest {
  /** A layer that nobody checks. */
  public static final class Lonely {
    private Lonely() {}

    /** Half of x. */
    public static Operand<TFloating> apply(GraphContext context, Operand<TFloating> x) {
      return context.scope("lonely").dropout(x, 0.5);
    }
  }

  @Test
  void everyLayerHasAContractTest() {
    for (Class<?> layer : List.of(Dense.class, Gru.class)) {
      ContractCoverage.ofLayers(layer, layer.getPackageName(), ReluDenseTest.class);
    }
  }

  @Test
  void layerWithoutAContractTestIsNamed() {
    String own = CoreCoverageTest.class.getPackageName();
    assertThatThrownBy(
            () -> ContractCoverage.ofLayers(CoreCoverageTest.class, own, ReluDenseTest.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("without a contract test")
        .hasMessageContaining("Lonely");
  }
}
