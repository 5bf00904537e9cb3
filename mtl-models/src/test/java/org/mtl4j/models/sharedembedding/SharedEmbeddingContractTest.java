package org.mtl4j.models.sharedembedding;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class SharedEmbeddingContractTest extends ModelContractTest {
  @Override
  protected SharedEmbedding model() {
    return new SharedEmbedding(List.of(8, 6), 0.1, Normalization.NONE);
  }
}
