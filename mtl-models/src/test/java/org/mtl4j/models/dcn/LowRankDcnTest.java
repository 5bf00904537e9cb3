package org.mtl4j.models.dcn;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.BottomForwardTest;
import org.mtl4j.models.PlainNetwork;

class LowRankDcnTest extends BottomForwardTest {
  @Override
  protected Bottom bottom() {
    return new DcnV2(1, 3, List.of(), 0, Normalization.NONE);
  }

  /** x_1 = x_0 * (U V^T x_0 + b) + x_0. */
  @Override
  protected double[] plain(PlainNetwork network, double[] x) {
    double[] narrow = times(network, "cross_1/down/kernel", x, 3);
    double[] sums = times(network, "cross_1/up/kernel", narrow, x.length);
    double[] bias = network.variable("bottom/cross_1/bias");
    double[] crossed = new double[x.length];
    Arrays.setAll(crossed, i -> x[i] * (sums[i] + bias[i]) + x[i]);
    return crossed;
  }
}
