package org.mtl4j.models.poso;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class PosoContractTest extends ModelContractTest {
  @Override
  protected Poso model() {
    return new Poso(
        List.of(FeatureGroup.USER),
        List.of(6),
        List.of(12, 8),
        List.of(6),
        0.1,
        Normalization.NONE);
  }
}
