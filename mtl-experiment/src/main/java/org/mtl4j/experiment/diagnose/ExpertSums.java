package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Map;

/** Adds up what {@link ExpertEvidence} is made of, block by block. */
final class ExpertSums {
  private final List<String> names;
  private final boolean[][] mixed;
  private final double[][] products;
  private final double[][] units;
  private long rows;

  /**
   * Nothing seen yet.
   *
   * @param names the experts
   * @param mixed [E][E] whether a gate mixes both
   */
  ExpertSums(List<String> names, boolean[][] mixed) {
    this.names = List.copyOf(names);
    this.mixed = mixed;
    this.products = new double[names.size()][names.size()];
    this.units = new double[names.size()][];
  }

  /**
   * Adds a block of n rows.
   *
   * @param outputs per expert [n * width]
   */
  void add(Map<String, float[]> outputs, int n) {
    for (int e = 0; e < names.size(); e++) {
      float[] own = outputs.get(names.get(e));
      int width = own.length / n;
      if (units[e] == null) {
        units[e] = new double[width];
      }
      for (int i = 0; i < own.length; i++) {
        units[e][i % width] += own[i];
      }
      for (int f = 0; f <= e; f++) {
        float[] other = outputs.get(names.get(f));
        if (e == f || (mixed[e][f] && own.length == other.length)) {
          products[e][f] += product(own, other);
        }
      }
    }
    rows += n;
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  ExpertEvidence evidence() {
    int experts = names.size();
    double[][] centred = new double[experts][experts];
    double[] spreads = new double[experts];
    for (int e = 0; e < experts; e++) {
      for (int f = 0; f <= e; f++) {
        double means = 0;
        for (int u = 0; u < units[e].length && units[e].length == units[f].length; u++) {
          means += units[e][u] * units[f][u] / rows;
        }
        centred[e][f] = products[e][f] - means;
      }
      // What float32 leaves of a constant is no spread.
      boolean constant = centred[e][e] <= 1e-9 * products[e][e];
      spreads[e] = constant ? 0 : Math.sqrt(centred[e][e] / (rows * (double) units[e].length));
    }
    double[][] correlations = new double[experts][experts];
    for (int e = 0; e < experts; e++) {
      for (int f = 0; f <= e; f++) {
        boolean defined = spreads[e] > 0 && spreads[f] > 0 && (e == f || mixed[e][f]);
        correlations[e][f] =
            defined ? centred[e][f] / Math.sqrt(centred[e][e] * centred[f][f]) : Double.NaN;
        correlations[f][e] = correlations[e][f];
      }
    }
    return new ExpertEvidence(names, spreads, correlations);
  }
}
