package org.mtl4j.models.pepnet;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.testkit.ModelContractTest;

/**
 * Without stopped gradients, which no finite difference agrees with; what stopping them changes is
 * in {@link PepnetTest}.
 */
@Tag("slow")
class PepnetContractTest extends ModelContractTest {
  @Override
  protected Pepnet model() {
    return new Pepnet(
        List.of(FeatureGroup.CONTEXT),
        List.of(FeatureGroup.USER, FeatureGroup.ITEM),
        List.of(5),
        false,
        List.of(8, 6),
        0.1,
        Normalization.NONE);
  }
}
