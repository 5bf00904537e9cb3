package org.mtl4j.models.escm2;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.testkit.ModelContractTest;

/**
 * With propensities of 1, as {@link Escm2ContractTest}; the slopes are in {@link StageRiskTest}.
 */
@Tag("slow")
class Escm2DrContractTest extends ModelContractTest {
  @Override
  protected Escm2 model() {
    return new Escm2(
        List.of("click", "purchase"),
        Estimator.DR,
        1,
        0.5,
        List.of(10, 6),
        0.1,
        Normalization.NONE);
  }

  @Override
  protected boolean stopsGradients() {
    return true;
  }
}
