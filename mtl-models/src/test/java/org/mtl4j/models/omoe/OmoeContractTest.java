package org.mtl4j.models.omoe;

import java.util.List;
import org.mtl4j.testkit.ModelContractTest;

class OmoeContractTest extends ModelContractTest {
  @Override
  protected Omoe model() {
    return new Omoe(3, List.of(10, 8), List.of(6), 0.1);
  }
}
