package org.mtl4j.models.tensorfactorization;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class TensorFactorizationContractTest extends ModelContractTest {
  @Override
  protected TensorFactorization model() {
    return new TensorFactorization(List.of(8, 6), 4, 3, 0.1, Normalization.NONE);
  }
}
