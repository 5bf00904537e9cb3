package org.mtl4j.models.snr;

import java.util.Map;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;

class SnrTransTest extends ForwardTest {
  @Override
  protected MultiTaskModel model() {
    return PlainRouting.trans();
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    return PlainRouting.hidden(network, PROBLEM, "snr_trans", x);
  }
}
