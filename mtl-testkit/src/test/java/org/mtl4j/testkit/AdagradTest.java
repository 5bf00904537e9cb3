package org.mtl4j.testkit;

import org.mtl4j.core.optimizer.Adagrad;

class AdagradTest extends OptimizerContractTest {
  private static final AdagradRule RULE = new AdagradRule(0.3, 0.1, 1e-3);

  @Override
  protected Adagrad optimizer() {
    return new Adagrad(RULE.rate(), RULE.start(), RULE.epsilon());
  }

  @Override
  protected Rule denseRule(int size) {
    return RULE.ofElements(size);
  }
}
