package org.mtl4j.models.wiring;

import org.mtl4j.testkit.wiring.PartsContractTest;

class ModelsModuleTest extends PartsContractTest {
  @Override
  protected ModelsModule module() {
    return new ModelsModule();
  }
}
