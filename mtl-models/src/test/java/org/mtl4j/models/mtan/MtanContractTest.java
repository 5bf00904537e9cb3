package org.mtl4j.models.mtan;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class MtanContractTest extends ModelContractTest {
  @Override
  protected Mtan model() {
    return new Mtan(List.of(10, 8), 5, List.of(6), 0.1, Normalization.NONE);
  }
}
