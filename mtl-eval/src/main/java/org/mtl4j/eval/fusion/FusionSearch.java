package org.mtl4j.eval.fusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.mtl4j.core.metric.Fusion;

/**
 * Looks for the weights whose figure is best among those that keep the constraints: first each
 * output alone, all alike and random ones, then in steps around the best, which get smaller.
 * Weights are of outputs in units of their standard deviation, so that a rate of a thousandth and a
 * rating are looked at alike. Equal calls give equal weights; of equally good ones the first is
 * kept.
 */
public final class FusionSearch {
  private static final double FIRST_STEP = 1;
  private static final double LAST_STEP = 1.0 / 64;

  /** What a weight of 0 grows from. */
  private static final double SEEDLING = 0.05;

  private final FusionRows rows;
  private final Target target;
  private final Fusion.Kind kind;
  private final List<String> outputs;
  private final List<double[]> terms = new ArrayList<>();
  private final double[] units;
  private int tried;

  /**
   * What is wanted.
   *
   * @param best what is to be as large as can be
   * @param constraints what has to be reached besides
   */
  public record Target(FusionRows.Goal best, List<Constraint> constraints) {
    /** Copies the list. */
    public Target {
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * What has to be reached.
   *
   * @param goal the figure
   * @param least how large it must be
   */
  public record Constraint(FusionRows.Goal goal, double least) {}

  /**
   * What was found.
   *
   * @param fusion the weights
   * @param figure of the target; negative infinity if it is not defined
   * @param constrained of each constraint, likewise
   * @param shortfall how far figures are from their constraints, together; 0 if all are kept
   */
  public record Found(Fusion fusion, double figure, List<Double> constrained, double shortfall) {
    /** Copies the list. */
    public Found {
      constrained = List.copyOf(constrained);
    }

    private boolean isBetterThan(Found other) {
      return shortfall < other.shortfall || (shortfall == other.shortfall && figure > other.figure);
    }
  }

  /**
   * A search.
   *
   * @param outputs what is fused, at least two
   */
  public FusionSearch(FusionRows rows, Fusion.Kind kind, List<String> outputs, Target target) {
    this.rows = rows;
    this.kind = kind;
    this.target = target;
    this.outputs = List.copyOf(outputs);
    outputs.forEach(o -> terms.add(kind.terms(rows.predictions().get(o), rows.groups())));
    this.units = terms.stream().mapToDouble(FusionSearch::deviation).toArray();
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return square > 0 ? Math.sqrt(square) : 1;
  }

  /** Weights that the last search tried. */
  public int tried() {
    return tried;
  }

  /** The best of so many weights; there may be fewer, and a few more to finish a turn. */
  public Found best(long seed, int trials) {
    tried = 0;
    int n = outputs.size();
    Found best = null;
    double[] at = null;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i <= n || tried < trials / 2; i++) {
      double[] shares = i < n ? alone(i) : i == n ? ones(n) : random(random);
      Found found = measure(shares);
      if (best == null || found.isBetterThan(best)) {
        best = found;
        at = shares;
      }
    }
    return refine(best, at, trials);
  }

  private Found refine(Found start, double[] from, int trials) {
    Found best = start;
    double[] at = from;
    for (double step = FIRST_STEP; step >= LAST_STEP && tried < trials; ) {
      boolean gained = false;
      for (int i = 0; i < at.length; i++) {
        for (double factor : new double[] {1 + step, 1 / (1 + step), 0}) {
          double[] next = moved(at, i, factor);
          if (Arrays.stream(next).sum() > 0) {
            Found found = measure(next);
            if (found.isBetterThan(best)) {
              best = found;
              at = next;
              gained = true;
            }
          }
        }
      }
      step = gained ? step : step / 2;
    }
    return best;
  }

  private double[] alone(int output) {
    double[] shares = new double[outputs.size()];
    shares[output] = 1;
    return shares;
  }

  /** Evenly from all shares whose sum is 1. */
  private double[] random(SplittableRandom random) {
    double[] shares = new double[outputs.size()];
    Arrays.setAll(shares, i -> -Math.log(1 - random.nextDouble()));
    return shares;
  }

  private static double[] moved(double[] at, int output, double factor) {
    double sum = Arrays.stream(at).sum();
    double[] next = Arrays.stream(at).map(share -> share / sum).toArray();
    next[output] = Math.max(next[output], factor > 1 ? SEEDLING : 0) * factor;
    return next;
  }

  private Map<String, Double> weights(double[] shares) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      weights.put(outputs.get(i), shares[i] / units[i]);
    }
    return weights;
  }

  /** What an output comes to that ranks alone. */
  public Found alone(String output) {
    return of(Fusion.of(kind, weights(alone(outputs.indexOf(output)))));
  }

  private Found measure(double[] shares) {
    tried++;
    return of(Fusion.of(kind, weights(shares)));
  }

  /** What weights come to. */
  public Found of(Fusion fusion) {
    double[] scores = new double[terms.get(0).length];
    for (int i = 0; i < outputs.size(); i++) {
      double weight = fusion.weights().get(outputs.get(i));
      double[] term = terms.get(i);
      for (int row = 0; weight > 0 && row < scores.length; row++) {
        scores[row] += weight * term[row];
      }
    }
    List<Double> constrained = new ArrayList<>();
    double shortfall = 0;
    for (Constraint constraint : target.constraints()) {
      double figure = figure(constraint.goal(), scores);
      constrained.add(figure);
      shortfall += Math.max(0, constraint.least() - figure);
    }
    return new Found(fusion, figure(target.best(), scores), constrained, shortfall);
  }

  private double figure(FusionRows.Goal goal, double[] scores) {
    return rows.figure(goal, scores).orElse(Double.NEGATIVE_INFINITY);
  }
}
