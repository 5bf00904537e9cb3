package org.mtl4j.models.omoe;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class OmoeContractTest extends ModelContractTest {
  @Override
  protected Omoe model() {
    return new Omoe(3, List.of(10, 8), List.of(6), 0.1);
  }
}
