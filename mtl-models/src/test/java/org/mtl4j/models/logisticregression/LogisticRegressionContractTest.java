package org.mtl4j.models.logisticregression;

import org.mtl4j.testkit.ModelContractTest;

class LogisticRegressionContractTest extends ModelContractTest {
  @Override
  protected LogisticRegression model() {
    return new LogisticRegression();
  }
}
