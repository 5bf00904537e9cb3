package org.mtl4j.models.deepfm;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.OverBottom;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.testkit.ModelContractTest;

@Tag("slow")
class DeepFmContractTest extends ModelContractTest {
  @Override
  protected OverBottom model() {
    return new OverBottom(
        new SharedBottom(List.of(8), List.of(6), 0.1),
        new DeepFm(4, List.of(6), 0.1, Normalization.NONE));
  }
}
