package org.mtl4j.experiment.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.mtl4j.core.metric.StabilityIndex;

/**
 * How a feature's values are spread over bins: of values a missing one, the frequent tokens and all
 * others; of numbers a missing one and what lies between edges.
 *
 * @param tokens the frequent values; empty for numbers
 * @param edges where the bins of numbers begin, rising, but for the first; empty for values
 * @param counts rows a bin: missing first, then tokens and others, or numbers from the least
 * @param unknown rows of a value that the model does not know
 * @param frequent of a feature that has too many values for bins those that most rows have, at most
 *     20, by falling numbers of rows
 */
public record FeatureProfile(
    List<String> tokens,
    List<Double> edges,
    List<Double> counts,
    double unknown,
    List<TokenRows> frequent) {
  static final int FREQUENT = 20;

  /**
   * The fewest first; of equal numbers an order of its own, so that equal rows have equal files.
   */
  static final Comparator<TokenRows> BY_ROWS =
      Comparator.comparingDouble(TokenRows::rows)
          .thenComparing(TokenRows::token, Comparator.reverseOrder());

  /**
   * How many rows have a value.
   *
   * @param token the value
   * @param rows number of rows
   */
  public record TokenRows(String token, double rows) {}

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
    frequent =
        frequent == null // Of an earlier release.
            ? List.of()
            : frequent.stream().sorted(BY_ROWS.reversed()).limit(FREQUENT).toList();
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

  /** Whether it is known which values are frequent, without bins of their own. */
  boolean hasFrequent() {
    return !frequent.isEmpty();
  }

  /** The share of rows that have a value; empty for one that is not among the frequent ones. */
  OptionalDouble share(String token) {
    return frequent.stream()
        .filter(one -> one.token().equals(token))
        .mapToDouble(one -> one.rows() / rows())
        .findFirst();
  }

  /** The largest share of rows that a value which is not among the frequent ones may have. */
  double largestOther() {
    return frequent.size() < FREQUENT ? 0 : frequent.get(FREQUENT - 1).rows() / rows();
  }

  /** The share of rows whose value the model does not know. */
  double unknownShare() {
    return rows() == 0 ? 0 : unknown / rows();
  }

  /** The shares of all bins, with half a row more in each. */
  double[] shares() {
    return StabilityIndex.shares(counts.stream().mapToDouble(Double::doubleValue).toArray());
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
    Map<String, Double> rows = new TreeMap<>();
    frequent.forEach(one -> rows.merge(one.token(), own * one.rows(), Double::sum));
    other.frequent.forEach(one -> rows.merge(one.token(), its * one.rows(), Double::sum));
    List<TokenRows> most = new ArrayList<>();
    rows.forEach((token, count) -> most.add(new TokenRows(token, count)));
    return new FeatureProfile(tokens, edges, sums, own * unknown + its * other.unknown, most);
  }
}
