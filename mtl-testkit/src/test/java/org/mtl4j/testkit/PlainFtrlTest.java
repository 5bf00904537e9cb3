package org.mtl4j.testkit;

import org.mtl4j.core.optimizer.Ftrl;

/** Without penalties. */
class PlainFtrlTest extends OptimizerContractTest {
  private static final FtrlRule RULE = new FtrlRule(0.3, 0.1, 0, 0);

  @Override
  protected Ftrl optimizer() {
    return new Ftrl(RULE.rate(), RULE.start(), RULE.l1(), RULE.l2());
  }

  @Override
  protected Rule denseRule(int size) {
    return RULE.rule(size);
  }
}
