package org.mtl4j.models.tiedweights;

import java.util.List;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

class TiedWeightsContractTest extends ModelContractTest {
  @Override
  protected TiedWeights model() {
    return new TiedWeights(List.of(8, 6), 0.1, Normalization.NONE);
  }
}
