package org.mtl4j.models.logisticregression;

import org.junit.jupiter.api.Tag;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class LogisticRegressionContractTest extends ModelContractTest {
  @Override
  protected LogisticRegression model() {
    return new LogisticRegression();
  }
}
