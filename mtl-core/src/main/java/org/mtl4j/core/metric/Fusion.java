package org.mtl4j.core.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One ranking score out of several outputs of a model.
 *
 * @param kind how they are put together
 * @param weights by output how much it counts, in the outputs' order, 0 or more; their sum is 1
 */
public record Fusion(Kind kind, Map<String, Double> weights) {
  /** How far from 1 the sum of weights may be, by rounding. */
  private static final double SUM = 1e-9;

  /** How outputs are put together. */
  public enum Kind {
    /** Sum of weight times value. */
    WEIGHTED_SUM,
    /** Product of values to the power of the weight, of probabilities alone. */
    PRODUCT,
    /**
     * Sum of weight times rank among the candidates of a request (of validation rows, those of the
     * group): the share of candidates that are not better, those that are equal by half.
     */
    RANK_SUM;

    /** As files and options spell it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a weight is multiplied with, to be added up: of a product logarithms, which are ordered
     * as it is.
     *
     * @param values [n] of an output
     * @param groups [n]; empty: one group
     */
    public double[] terms(float[] values, Optional<int[]> groups) {
      return switch (this) {
        case RANK_SUM -> RankShares.of(values, groups);
        case WEIGHTED_SUM -> map(values, value -> value);
        // The smallest float that is not 0 in its place: a product is 0 for one factor of 0.
        case PRODUCT -> map(values, value -> Math.log(Math.max(value, Float.MIN_VALUE)));
      };
    }
  }

  /**
   * Copies the map and checks it.
   *
   * @throws IllegalArgumentException if there are fewer than two outputs, a weight is negative or
   *     no number, or their sum is not 1
   */
  public Fusion {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    if (weights.size() < 2
        || !weights.values().stream().allMatch(weight -> weight != null && weight >= 0)
        || !(Math.abs(sum(weights) - 1) <= SUM)) {
      throw new IllegalArgumentException(
          "expected weights of at least two outputs, 0 or more, with the sum 1, found " + weights);
    }
  }

  private static double sum(Map<String, Double> weights) {
    return weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The fusion of these weights, divided by their sum. */
  public static Fusion of(Kind kind, Map<String, Double> weights) {
    double sum = sum(weights);
    Map<String, Double> shares = new LinkedHashMap<>();
    weights.forEach((output, weight) -> shares.put(output, weight / sum));
    return new Fusion(kind, shares);
  }

  /**
   * The score of each of n rows; rows are compared by it, and its size says nothing else.
   *
   * @param predictions per output [n]; others than those of the weights are ignored
   * @param groups [n] the request that each row is a candidate of; empty: all of one
   */
  public double[] scores(Map<String, float[]> predictions, Optional<int[]> groups) {
    int n = predictions.get(weights.keySet().iterator().next()).length;
    double[] scores = new double[n];
    weights.forEach(
        (output, weight) -> {
          if (weight > 0) {
            double[] terms = kind.terms(predictions.get(output), groups);
            for (int row = 0; row < n; row++) {
              scores[row] += weight * terms[row];
            }
          }
        });
    if (kind == Kind.PRODUCT) {
      for (int row = 0; row < n; row++) {
        scores[row] = Math.exp(scores[row]);
      }
    }
    return scores;
  }

  @FunctionalInterface
  private interface Term {
    double of(float value);
  }

  private static double[] map(float[] values, Term term) {
    double[] terms = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      terms[row] = term.of(values[row]);
    }
    return terms;
  }

  /** The outputs, in their order. */
  public List<String> outputs() {
    return List.copyOf(weights.keySet());
  }
}
