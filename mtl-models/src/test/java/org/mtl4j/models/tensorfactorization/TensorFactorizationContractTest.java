package org.mtl4j.models.tensorfactorization;

import java.util.List;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

class TensorFactorizationContractTest extends ModelContractTest {
  @Override
  protected TensorFactorization model() {
    return new TensorFactorization(List.of(8, 6), 4, 3, 0.1, Normalization.NONE);
  }
}
