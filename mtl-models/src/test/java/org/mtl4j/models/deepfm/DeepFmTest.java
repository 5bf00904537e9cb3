package org.mtl4j.models.deepfm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.BottomForwardTest;
import org.mtl4j.models.PlainNetwork;

class DeepFmTest extends BottomForwardTest {
  private static final int DIM = 4;

  @Override
  protected Bottom bottom() {
    return new DeepFm(DIM, List.of(6), 0, Normalization.NONE);
  }

  /** [w x + b, sum over pairs f < g of v_f * v_g, MLP(x)]. */
  @Override
  protected double[] plain(PlainNetwork network, double[] x) {
    double[][] vectors = vectors(network, x, DIM);
    double[] pairs = new double[DIM];
    for (int f = 0; f < vectors.length; f++) {
      for (int g = f + 1; g < vectors.length; g++) {
        for (int d = 0; d < DIM; d++) {
          pairs[d] += vectors[f][d] * vectors[g][d];
        }
      }
    }
    DoubleStream linear = Arrays.stream(network.linear("bottom/linear", x));
    DoubleStream deep = Arrays.stream(network.mlp("bottom/deep", 1, x));
    return DoubleStream.concat(DoubleStream.concat(linear, Arrays.stream(pairs)), deep).toArray();
  }
}
