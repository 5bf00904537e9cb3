package org.mtl4j.models.mmoe;

import java.util.List;
import org.mtl4j.testkit.ModelContractTest;

class MmoeContractTest extends ModelContractTest {
  @Override
  protected Mmoe model() {
    return new Mmoe(3, List.of(10, 8), List.of(6), 0.1);
  }
}
