package org.mtl4j.models.ple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.models.component.Gating;
import org.mtl4j.testkit.ModelContractTest;

/** With every option of its gates, too. */
@Tag("slow")
class PleContractTest extends ModelContractTest {
  @Override
  protected Ple model() {
    Gating gating = new Gating(1.5, 0.01, 0.1);
    return new Ple(2, 1, Map.of(), 2, List.of(8), List.of(6), 0.1, Normalization.NONE, gating);
  }
}
