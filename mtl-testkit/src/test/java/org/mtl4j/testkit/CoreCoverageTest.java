package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.optimizer.Adam;

/** Nothing of mtl-core that learns is without its check; heads are sealed, see {@link HeadTest}. */
class CoreCoverageTest {
  @Test
  void everyOptimizerHasAContractTest() {
    ContractCoverage.ofOptimizers(Adam.class, AdamTest.class);
  }

  @Test
  void everyLayerHasAContractTest() {
    ContractCoverage.ofLayers(Dense.class, Dense.class.getPackageName(), ReluDenseTest.class);
  }

  /** Among the models of these tests is one that stands for an unsteady one and has no contract. */
  @Test
  void modelWithoutAContractTestIsNamed() {
    assertThatThrownBy(() -> ContractCoverage.ofModels(AdamTest.class, AdamTest.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("without a contract test")
        .hasMessageContaining("Fickle");
  }
}
