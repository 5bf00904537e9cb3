package org.mtl4j.models.crossstitch;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class CrossStitchContractTest extends ModelContractTest {
  @Override
  protected CrossStitch model() {
    return new CrossStitch(List.of(10, 6), 0.9, 0.1);
  }
}
