package org.mtl4j.models.sharedbottom;

import java.util.List;
import org.mtl4j.testkit.ModelContractTest;

class SharedBottomContractTest extends ModelContractTest {
  @Override
  protected SharedBottom model() {
    return new SharedBottom(List.of(12, 10), List.of(6), 0.1);
  }
}
