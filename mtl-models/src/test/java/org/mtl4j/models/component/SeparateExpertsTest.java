package org.mtl4j.models.component;

import org.mtl4j.core.graph.MatrixProducts;

class SeparateExpertsTest extends ExpertsContractTest {
  SeparateExpertsTest() {
    super(MatrixProducts.SEPARATE);
  }

  @Override
  protected Class<?> subject() {
    return Experts.class;
  }
}
