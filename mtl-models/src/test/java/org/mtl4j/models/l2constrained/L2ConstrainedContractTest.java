package org.mtl4j.models.l2constrained;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class L2ConstrainedContractTest extends ModelContractTest {
  @Override
  protected L2Constrained model() {
    return new L2Constrained(List.of(8, 6), 0.001, 0.1, Normalization.NONE);
  }
}
