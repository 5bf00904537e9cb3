package org.mtl4j.models.sluice;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class SluiceContractTest extends ModelContractTest {
  @Override
  protected Sluice model() {
    return new Sluice(List.of(8, 8), 0.9, 0.01, 0.1, Normalization.NONE);
  }
}
