package org.mtl4j.models.dcn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.BottomForwardTest;
import org.mtl4j.models.PlainNetwork;

class DcnV2Test extends BottomForwardTest {
  @Override
  protected Bottom bottom() {
    return new DcnV2(2, 0, List.of(6), 0, Normalization.NONE);
  }

  /** [x_2, MLP(x_0)] with x_(l+1) = x_0 * (W_l x_l + b_l) + x_l. */
  @Override
  protected double[] plain(PlainNetwork network, double[] x) {
    double[] crossed = x;
    for (int layer = 1; layer <= 2; layer++) {
      double[] sums = times(network, "cross_" + layer + "/kernel", crossed, x.length);
      double[] bias = network.variable("bottom/cross_" + layer + "/bias");
      double[] before = crossed;
      double[] after = new double[x.length];
      Arrays.setAll(after, i -> x[i] * (sums[i] + bias[i]) + before[i]);
      crossed = after;
    }
    double[] deep = network.mlp("bottom/deep", 1, x);
    return DoubleStream.concat(Arrays.stream(crossed), Arrays.stream(deep)).toArray();
  }
}
