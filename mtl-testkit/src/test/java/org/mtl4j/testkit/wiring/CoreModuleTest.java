package org.mtl4j.testkit.wiring;

import org.mtl4j.core.wiring.CoreModule;

class CoreModuleTest extends PartsContractTest {
  @Override
  protected CoreModule module() {
    return new CoreModule();
  }
}
