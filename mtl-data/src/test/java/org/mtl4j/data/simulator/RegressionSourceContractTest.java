package org.mtl4j.data.simulator;

import java.util.List;
import org.mtl4j.testkit.BatchSourceContractTest;

class RegressionSourceContractTest extends BatchSourceContractTest {
  @Override
  protected RegressionSource source() {
    return new RegressionSource(
        new RegressionConfig(31, 4, List.of(0.5, -0.5, 0.0), List.of(2.0), List.of(0.5), 0.01, 3));
  }
}
