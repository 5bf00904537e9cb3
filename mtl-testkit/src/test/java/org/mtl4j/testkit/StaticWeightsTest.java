package org.mtl4j.testkit;

import org.mtl4j.core.balancing.StaticWeights;

class StaticWeightsTest extends LossBalancingContractTest {
  @Override
  protected StaticWeights balancing() {
    return new StaticWeights();
  }
}
