package org.mtl4j.eval.calibration;

/**
 * The line of Platt, "Probabilistic outputs for support vector machines and comparisons to
 * regularized likelihood methods", 1999: slope and intercept by which the cross-entropy of targets
 * is least. So that few rows do not speak of certainty, targets are not 1 and 0 but
 *
 * <pre>
 * (n1 + 1) / (n1 + 2) for n1 positives,     1 / (n0 + 2) for n0 negatives
 * </pre>
 *
 * <p>in example weight, of mean 1. The minimum is found by Newton's method with steps that are
 * halved until they help: Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support
 * vector machines", Machine Learning 68, 2007.
 */
final class PlattFit {
  private static final int MOST_STEPS = 100;

  /** Of slope and intercept, far below what a prediction in float32 can show; and of the loss. */
  private static final double PRECISION = 1e-12;

  /** Keeps the second derivatives invertible where all scores are the same. */
  private static final double RIDGE = 1e-12;

  private final Sample sample;
  private final double[] targets;

  private PlattFit(Sample sample) {
    this.sample = sample;
    double positives = sample.weightOf(true);
    double negatives = sample.weightOf(false);
    this.targets = new double[] {1 / (negatives + 2), (positives + 1) / (positives + 2)};
  }

  /**
   * A line.
   *
   * @param slope times the score
   * @param intercept before the offset is added
   */
  record Line(double slope, double intercept) {}

  /** The best line; its slope is not positive where scores are of no use. */
  static Line of(Sample sample) {
    return new PlattFit(sample).fit();
  }

  private Line fit() {
    double prior = Math.log((sample.weightOf(true) + 1) / (sample.weightOf(false) + 1));
    Line line = new Line(0, prior - sample.offset());
    for (int step = 0; step < MOST_STEPS; step++) {
      Line next = next(line);
      boolean done = isClose(next.slope, line.slope) && isClose(next.intercept, line.intercept);
      line = next;
      if (done) {
        break;
      }
    }
    return line;
  }

  private static boolean isClose(double next, double last) {
    return Math.abs(next - last) <= PRECISION * (1 + Math.abs(last));
  }

  /** Newton's step, or the first of its halves that does not make the loss worse. */
  private Line next(Line line) {
    Slopes slopes = slopes(line);
    double determinant = slopes.aa * slopes.bb - slopes.ab * slopes.ab;
    double da = (slopes.ab * slopes.b - slopes.bb * slopes.a) / determinant;
    double db = (slopes.ab * slopes.a - slopes.aa * slopes.b) / determinant;
    // Near the minimum the loss is the same to the last digits, and the derivatives still know.
    double worst = loss(line) * (1 + PRECISION);
    for (double share = 1; share > PRECISION; share /= 2) {
      Line next = new Line(line.slope + share * da, line.intercept + share * db);
      if (loss(next) <= worst) {
        return next;
      }
    }
    return line;
  }

  private double target(int row) {
    return targets[sample.labels().get(row) == 1 ? 1 : 0];
  }

  private double logit(Line line, int row) {
    return line.slope * sample.scores().get(row) + line.intercept + sample.offset();
  }

  private double loss(Line line) {
    double sum = 0;
    for (int row = 0; row < sample.size(); row++) {
      double logit = logit(line, row);
      sum += sample.weights()[row] * (Sample.softplus(logit) - target(row) * logit);
    }
    return sum;
  }

  /** The first and second derivatives of the loss. */
  private record Slopes(double a, double b, double aa, double ab, double bb) {}

  private Slopes slopes(Line line) {
    double a = 0;
    double b = 0;
    double aa = RIDGE;
    double ab = 0;
    double bb = RIDGE;
    for (int row = 0; row < sample.size(); row++) {
      double score = sample.scores().get(row);
      double p = Sample.sigmoid(logit(line, row));
      double first = sample.weights()[row] * (p - target(row));
      double second = sample.weights()[row] * p * (1 - p);
      a += first * score;
      b += first;
      aa += second * score * score;
      ab += second * score;
      bb += second;
    }
    return new Slopes(a, b, aa, ab, bb);
  }
}
