package org.mtl4j.testkit;

import org.mtl4j.core.model.MultiTaskModel;

class LinearModelTest extends ModelContractTest {
  @Override
  protected MultiTaskModel model() {
    return new LinearModel();
  }
}
