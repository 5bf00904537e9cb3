package org.mtl4j.data.simulator;

import org.mtl4j.testkit.BatchSourceContractTest;

/** Ends in the middle of a page. */
class SimulatedSourceContractTest extends BatchSourceContractTest {
  @Override
  protected SimulatedSource source() {
    return new SimulatedSource(new SimulatedConfig(30, 40, 57, 3, 0.5));
  }
}
