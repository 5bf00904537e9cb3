package org.mtl4j.models.dbmtl;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class DbmtlContractTest extends ModelContractTest {
  @Override
  protected Dbmtl model() {
    return new Dbmtl(
        Map.of("purchase", List.of("click")),
        List.of(10),
        List.of(8),
        List.of(6),
        0.1,
        Normalization.NONE);
  }
}
