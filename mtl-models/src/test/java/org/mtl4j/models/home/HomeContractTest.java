package org.mtl4j.models.home;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.models.component.Gating;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class HomeContractTest extends ModelContractTest {
  @Override
  protected Home model() {
    return new Home(
        Map.of(), 1, 2, 1, List.of(10), 2, List.of(6), 0.1, Normalization.LAYER, Gating.plain());
  }
}
