package org.mtl4j.models.stem;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.models.component.Gating;
import org.mtl4j.testkit.ModelContractTest;

/** The slopes are in {@link StemTest}. */
@Tag("slow")
class StemContractTest extends ModelContractTest {
  @Override
  protected Stem model() {
    return new Stem(
        1,
        Map.of(),
        2,
        List.of(10, 8),
        List.of(6),
        0.1,
        Normalization.NONE,
        new Gating(1, 0.01, 0.1));
  }

  @Override
  protected boolean stopsGradients() {
    return true;
  }
}
