package org.mtl4j.models.taskrelationship;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class TaskRelationshipContractTest extends ModelContractTest {
  @Override
  protected TaskRelationship model() {
    return new TaskRelationship(List.of(16, 12), 0.001, 5, 0.1, Normalization.NONE);
  }
}
