package org.mtl4j.testkit.balancing;

/** Adam in plain arrays, b1 = 0.9, b2 = 0.999, epsilon = 1e-8. */
final class PlainAdam {
  private final double rate;
  private final double[] m;
  private final double[] v;
  private int t;

  PlainAdam(double rate, int size) {
    this.rate = rate;
    this.m = new double[size];
    this.v = new double[size];
  }

  void step(double[] x, double[] gradient) {
    t++;
    double corrected = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
    for (int i = 0; i < x.length; i++) {
      m[i] = 0.9 * m[i] + 0.1 * gradient[i];
      v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
      x[i] -= corrected * m[i] / (Math.sqrt(v[i]) + 1e-8);
    }
  }
}
