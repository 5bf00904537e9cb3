package org.mtl4j.models.snr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.SmallProblem;

/** Both models' formula in inference, in loops. */
final class PlainRouting {
  static final int NETWORKS = 3;
  static final int LEVELS = 2;
  private static final int WIDTH = 8;

  private PlainRouting() {}

  static SnrTrans trans() {
    return new SnrTrans(NETWORKS, LEVELS, List.of(WIDTH), List.of(6), 0.01, 0, Normalization.NONE);
  }

  static SnrAver aver() {
    return new SnrAver(NETWORKS, LEVELS, List.of(WIDTH), List.of(6), 0.01, 0, Normalization.NONE);
  }

  /** min(1, max(0, 1.2 sigmoid(a) - 0.1)). */
  static double gate(double a) {
    return Math.min(1, Math.max(0, 1.2 / (1 + Math.exp(-a)) - 0.1));
  }

  static Map<String, double[]> hidden(
      PlainNetwork network, SmallProblem problem, String name, double[] x) {
    List<double[]> inputs = new ArrayList<>(Collections.nCopies(NETWORKS, x));
    for (int level = 1; level <= LEVELS; level++) {
      String scope = "%s/level_%d".formatted(name, level);
      List<double[]> outputs = new ArrayList<>();
      for (int j = 0; j < NETWORKS; j++) {
        outputs.add(network.mlp(scope + "/network_" + (j + 1), 1, inputs.get(j)));
      }
      double[] a = network.variable(scope + "/routes/gates");
      int above = a.length / NETWORKS;
      inputs.clear();
      for (int j = 0; j < above; j++) {
        double[] sum = new double[WIDTH];
        for (int i = 0; i < NETWORKS; i++) {
          double z = gate(a[i * above + j]);
          double[] v = outputs.get(i);
          for (int to = 0; to < WIDTH; to++) {
            sum[to] += z * (name.endsWith("trans") ? product(network, scope, i, j, v, to) : v[to]);
          }
        }
        inputs.add(sum);
      }
    }
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (int t = 0; t < inputs.size(); t++) {
      String task = problem.tasks().get(t).name();
      hidden.put(task, network.mlp("tower_" + task, 1, inputs.get(t)));
    }
    return hidden;
  }

  /** One element of v W_(i,j). */
  private static double product(
      PlainNetwork network, String scope, int i, int j, double[] v, int to) {
    double[] kernels = network.variable("%s/routes/to_%d/kernel".formatted(scope, j + 1));
    double sum = 0;
    for (int from = 0; from < WIDTH; from++) {
      sum += v[from] * kernels[(i * WIDTH + from) * WIDTH + to];
    }
    return sum;
  }
}
