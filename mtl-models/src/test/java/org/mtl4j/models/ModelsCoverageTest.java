package org.mtl4j.models;

import org.junit.jupiter.api.Test;
import org.mtl4j.models.component.Experts;
import org.mtl4j.testkit.ContractCoverage;

/** No shared component is without its check. */
class ModelsCoverageTest {
  @Test
  void everyComponentHasAContractTest() {
    ContractCoverage.ofLayers(
        Experts.class, Experts.class.getPackageName(), ModelsCoverageTest.class);
  }
}
