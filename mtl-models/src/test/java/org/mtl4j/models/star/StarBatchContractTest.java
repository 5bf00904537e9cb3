package org.mtl4j.models.star;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

@Tag("slow")
class StarBatchContractTest extends ModelContractTest {
  private Set<String> moving;

  @Override
  protected SmallProblem problem() {
    return super.problem().withLearntHours();
  }

  @Override
  protected Star model() {
    return StarContractTest.star(Normalization.BATCH);
  }

  @Override
  protected boolean mixesRows() {
    return true;
  }

  @Override
  protected Set<String> notLearned() {
    if (moving == null) {
      try (ModelHarness harness = new ModelHarness(model(), problem())) {
        moving =
            harness.parameters(TestSeed.random()).keySet().stream()
                .filter(name -> name.contains("/moving_"))
                .collect(Collectors.toSet());
      }
    }
    return moving;
  }
}
