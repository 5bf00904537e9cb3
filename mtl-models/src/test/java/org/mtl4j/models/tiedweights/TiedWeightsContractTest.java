package org.mtl4j.models.tiedweights;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class TiedWeightsContractTest extends ModelContractTest {
  @Override
  protected TiedWeights model() {
    return new TiedWeights(List.of(8, 6), 0.1, Normalization.NONE);
  }
}
