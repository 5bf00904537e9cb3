package org.mtl4j.models.singletask;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class SingleTaskContractTest extends ModelContractTest {
  @Override
  protected SingleTask model() {
    return new SingleTask(List.of(10, 6), 0.1);
  }
}
