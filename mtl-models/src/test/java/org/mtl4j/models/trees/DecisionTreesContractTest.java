package org.mtl4j.models.trees;

import org.mtl4j.testkit.BaselineContractTest;

class DecisionTreesContractTest extends BaselineContractTest {
  @Override
  protected DecisionTrees baseline() {
    return new DecisionTrees(8, 5, 1);
  }
}
