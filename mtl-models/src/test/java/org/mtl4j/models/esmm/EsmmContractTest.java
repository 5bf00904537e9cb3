package org.mtl4j.models.esmm;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class EsmmContractTest extends ModelContractTest {
  @Override
  protected Esmm model() {
    return new Esmm(List.of("click", "purchase"), List.of(10, 6), 0.1);
  }
}
