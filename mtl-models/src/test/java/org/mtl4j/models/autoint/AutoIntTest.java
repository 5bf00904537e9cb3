package org.mtl4j.models.autoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.BottomForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.PlainLayers;

class AutoIntTest extends BottomForwardTest {
  private static final int DIM = 6;
  private static final int HEADS = 2;

  @Override
  protected Bottom bottom() {
    return new AutoInt(DIM, 2, HEADS);
  }

  @Override
  protected double[] plain(PlainNetwork network, double[] x) {
    double[][] vectors = vectors(network, x, DIM);
    for (int layer = 1; layer <= 2; layer++) {
      vectors = attended(network, "layer_" + layer, vectors);
    }
    return Arrays.stream(vectors).flatMapToDouble(Arrays::stream).toArray();
  }

  /** relu([sum_g softmax_g(e_f Q_h . e_g K_h) e_g V_h, heads side by side] + e_f R). */
  private static double[][] attended(PlainNetwork network, String layer, double[][] vectors) {
    double[][] results = new double[vectors.length][];
    int width = DIM / HEADS;
    for (int f = 0; f < vectors.length; f++) {
      double[] query = times(network, layer + "/query/kernel", vectors[f], DIM);
      double[] sum = times(network, layer + "/residual/kernel", vectors[f], DIM);
      for (int first = 0; first < DIM; first += width) {
        double[] scores = new double[vectors.length];
        for (int g = 0; g < vectors.length; g++) {
          double[] key = times(network, layer + "/key/kernel", vectors[g], DIM);
          for (int d = first; d < first + width; d++) {
            scores[g] += query[d] * key[d];
          }
        }
        double[] shares = PlainLayers.softmax(scores);
        for (int g = 0; g < vectors.length; g++) {
          double[] value = times(network, layer + "/value/kernel", vectors[g], DIM);
          for (int d = first; d < first + width; d++) {
            sum[d] += shares[g] * value[d];
          }
        }
      }
      results[f] = PlainLayers.relu(sum);
    }
    return results;
  }

  @Test
  void headsDivideTheWidth() {
    assertThatThrownBy(() -> new AutoInt(6, 1, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heads: expected a divisor of dim, 6, found 4");
  }
}
