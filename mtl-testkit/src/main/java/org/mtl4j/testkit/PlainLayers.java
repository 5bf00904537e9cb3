package org.mtl4j.testkit;

import java.util.Arrays;
import java.util.Map;

/** The formulas that networks are made of, for one row, in plain loops. */
public final class PlainLayers {
  private PlainLayers() {}

  /**
   * x kernel + bias.
   *
   * @param kernel [in, units] in row-major order
   * @throws IllegalArgumentException if the lengths do not go together
   */
  public static double[] linear(double[] kernel, double[] bias, double[] x) {
    if (kernel.length != x.length * bias.length) {
      throw new IllegalArgumentException(
          "a kernel of %d elements for %d inputs and %d units"
              .formatted(kernel.length, x.length, bias.length));
    }
    double[] sums = bias.clone();
    for (int i = 0; i < x.length; i++) {
      for (int u = 0; u < sums.length; u++) {
        sums[u] += x[i] * kernel[i * sums.length + u];
      }
    }
    return sums;
  }

  /** The same with the variables {@code kernel} and {@code bias} of a scope. */
  public static double[] linear(Map<String, double[]> variables, String scope, double[] x) {
    return linear(variables.get(scope + "/kernel"), variables.get(scope + "/bias"), x);
  }

  /** max(x, 0). */
  public static double[] relu(double[] x) {
    return Arrays.stream(x).map(v -> Math.max(v, 0)).toArray();
  }

  /** e^x over its sum. */
  public static double[] softmax(double[] x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(v -> Math.exp(v) / sum).toArray();
  }
}
