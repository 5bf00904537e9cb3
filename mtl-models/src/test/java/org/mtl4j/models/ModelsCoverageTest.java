package org.mtl4j.models;

import org.junit.jupiter.api.Test;
import org.mtl4j.models.component.Experts;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.testkit.ContractCoverage;

/** No model and no shared component is without its check. */
class ModelsCoverageTest {
  @Test
  void everyModelHasAContractTest() {
    ContractCoverage.ofModels(Mmoe.class, ModelsCoverageTest.class);
  }

  @Test
  void everyComponentHasAContractTest() {
    ContractCoverage.ofLayers(
        Experts.class, Experts.class.getPackageName(), ModelsCoverageTest.class);
  }
}
