package org.mtl4j.models.snr;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class SnrAverContractTest extends ModelContractTest {
  @Override
  protected SnrAver model() {
    return new SnrAver(3, 2, List.of(8), List.of(6), 0.001, 0.1, Normalization.NONE);
  }
}
