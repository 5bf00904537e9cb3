package org.mtl4j.models.esmm;

import java.util.List;
import org.mtl4j.testkit.ModelContractTest;

class EsmmContractTest extends ModelContractTest {
  @Override
  protected Esmm model() {
    return new Esmm(List.of("click", "purchase"), List.of(10, 6), 0.1);
  }
}
