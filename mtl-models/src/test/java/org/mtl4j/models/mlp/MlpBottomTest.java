package org.mtl4j.models.mlp;

import java.util.List;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.BottomForwardTest;
import org.mtl4j.models.PlainNetwork;

class MlpBottomTest extends BottomForwardTest {
  @Override
  protected Bottom bottom() {
    return new MlpBottom(List.of(9, 6), 0, Normalization.NONE);
  }

  @Override
  protected double[] plain(PlainNetwork network, double[] x) {
    return network.mlp("bottom", 2, x);
  }
}
