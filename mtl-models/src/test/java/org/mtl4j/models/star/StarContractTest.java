package org.mtl4j.models.star;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;
import org.mtl4j.testkit.SmallProblem;

/** By layer, by which each row is for itself; by batch: {@link StarBatchContractTest}. */
@Tag("slow")
class StarContractTest extends ModelContractTest {
  @Override
  protected SmallProblem problem() {
    return super.problem().withLearntHours();
  }

  @Override
  protected Star model() {
    return star(Normalization.LAYER);
  }

  static Star star(Normalization normalization) {
    return new Star(
        "hour",
        List.of("hour3", "hour1"),
        List.of(8, 6),
        List.of(5),
        List.of(5),
        0.1,
        normalization);
  }
}
