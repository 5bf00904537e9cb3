package org.mtl4j.models.multiinput;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class MultiInputContractTest extends ModelContractTest {
  @Override
  protected MultiInput model() {
    return new MultiInput(List.of(8), List.of(12, 8), List.of(), 0.1, Normalization.NONE);
  }
}
