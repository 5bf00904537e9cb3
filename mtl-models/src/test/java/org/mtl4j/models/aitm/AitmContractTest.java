package org.mtl4j.models.aitm;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class AitmContractTest extends ModelContractTest {
  @Override
  protected Aitm model() {
    return new Aitm(List.of("click", "purchase"), List.of(10, 6), 0.6, 0.1, Normalization.NONE);
  }
}
