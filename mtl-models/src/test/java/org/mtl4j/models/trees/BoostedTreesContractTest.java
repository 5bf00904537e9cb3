package org.mtl4j.models.trees;

import org.mtl4j.testkit.BaselineContractTest;

class BoostedTreesContractTest extends BaselineContractTest {
  @Override
  protected BoostedTrees baseline() {
    return new BoostedTrees(30, 0.3, 4, 1, 1, 1, 1);
  }
}
