package org.mtl4j.experiment.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * How a feature's values are spread over bins: of values a missing one, the frequent tokens and all
 * others; of numbers a missing one and what lies between edges.
 *
 * @param tokens the frequent values; empty for numbers
 * @param edges where the bins of numbers begin, rising, but for the first; empty for values
 * @param counts rows a bin: missing first, then tokens and others, or numbers from the least
 * @param unknown rows of a value that the model does not know
 */
public record FeatureProfile(
    List<String> tokens, List<Double> edges, List<Double> counts, double unknown) {
  private static final double HALF = 0.5;

  /**
   * Copies and checks the lists.
   *
   * @throws IllegalArgumentException if the counts are not as many as there are bins, or one of
   *     them is negative
   */
  public FeatureProfile {
    tokens = List.copyOf(tokens);
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    int bins = bins(tokens.size(), edges.size());
    if (counts.size() != bins || counts.stream().anyMatch(count -> !(count >= 0))) {
      throw new IllegalArgumentException(
          "counts: expected %d numbers of at least 0, found %s".formatted(bins, counts));
    }
  }

  /** Missing, and one more than there are tokens or edges. */
  static int bins(int tokens, int edges) {
    return 2 + tokens + edges;
  }

  /** Number of rows. */
  double rows() {
    return counts.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The share of rows that a bin has. */
  double share(int bin) {
    return rows() == 0 ? 0 : counts.get(bin) / rows();
  }

  /** The share of rows whose value the model does not know. */
  double unknownShare() {
    return rows() == 0 ? 0 : unknown / rows();
  }

  /**
   * The shares of all bins, with half a row more in each: an empty bin of few rows is not taken for
   * one that never has any.
   */
  double[] shares() {
    double all = rows() + HALF * counts.size();
    return counts.stream().mapToDouble(count -> (count + HALF) / all).toArray();
  }

  /** What a bin holds, in words. */
  String words(int bin) {
    if (bin == 0) {
      return "missing";
    }
    if (edges.isEmpty()) {
      return bin <= tokens.size() ? "\"" + tokens.get(bin - 1) + "\"" : "other values";
    }
    return bin == 1
        ? "below " + (float) (double) edges.get(0)
        : "from " + (float) (double) edges.get(bin - 2);
  }

  /** The same bins with other rows besides, each row's say multiplied. */
  FeatureProfile plus(FeatureProfile other, double own, double its) {
    List<Double> sums = new ArrayList<>();
    for (int bin = 0; bin < counts.size(); bin++) {
      sums.add(own * counts.get(bin) + its * other.counts.get(bin));
    }
    return new FeatureProfile(tokens, edges, sums, own * unknown + its * other.unknown);
  }

  /** The same bins without a row. */
  FeatureProfile empty() {
    return plus(this, 0, 0);
  }
}
