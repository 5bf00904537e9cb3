package org.mtl4j.models.dselectk;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class DselectKContractTest extends ModelContractTest {
  @Override
  protected DselectK model() {
    Selection selection = new Selection(2, true, 1, 0.01);
    return new DselectK(3, List.of(10, 8), List.of(6), 0.1, Normalization.NONE, selection);
  }
}
