package org.mtl4j.models.cgc;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class CgcContractTest extends ModelContractTest {
  @Override
  protected Cgc model() {
    return new Cgc(1, 2, List.of(10, 8), List.of(6), 0.1);
  }
}
