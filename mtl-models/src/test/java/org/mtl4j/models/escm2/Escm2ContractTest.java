package org.mtl4j.models.escm2;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

/**
 * With propensities of 1: no gradient goes through any other, so that differences of the loss are
 * not what is learnt from. {@link Escm2Test} has others.
 */
@Tag("slow")
class Escm2ContractTest extends ModelContractTest {
  @Override
  protected Escm2 model() {
    return new Escm2(
        List.of("click", "purchase"),
        Estimator.IPS,
        1,
        0.5,
        List.of(10, 6),
        0.1,
        Normalization.NONE);
  }
}
