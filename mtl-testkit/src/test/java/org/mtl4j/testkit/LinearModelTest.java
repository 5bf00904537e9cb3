package org.mtl4j.testkit;

class LinearModelTest extends ModelContractTest {
  @Override
  protected LinearModel model() {
    return new LinearModel();
  }
}
