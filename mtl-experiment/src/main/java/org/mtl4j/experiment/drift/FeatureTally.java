package org.mtl4j.experiment.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.StabilityIndex;
import org.mtl4j.core.schema.Vocabulary;

/** Counts a feature's rows into bins. */
final class FeatureTally {
  private static final int QUANTILES = 10;
  private static final int TOKENS = 20;
  private static final int MISSING = 0;

  private final SeenFeature feature;
  private final FeatureProfile bins;
  private final Map<Integer, Integer> tokens = new HashMap<>();
  private final Optional<TokenTally> frequent;
  private final double[] edges;
  private final double[] counts;
  private double unknown;

  /** Counts into the bins of a profile. */
  FeatureTally(SeenFeature feature, FeatureProfile bins) {
    this.feature = feature;
    this.bins = bins;
    this.frequent =
        bins.tokens().isEmpty() ? feature.categorical().map(TokenTally::new) : Optional.empty();
    this.edges = bins.edges().stream().mapToDouble(Double::doubleValue).toArray();
    this.counts = new double[bins.counts().size()];
    feature
        .vocabulary()
        .ifPresent(
            vocabulary -> {
              for (int i = 0; i < bins.tokens().size(); i++) {
                int id = vocabulary.id(bins.tokens().get(i));
                if (id >= Vocabulary.FIRST_TOKEN) { // It may have been forgotten.
                  tokens.put(id, i + 1);
                }
              }
            });
  }

  /**
   * The bins of a feature: of values the first tokens of its vocabulary, which are the frequent
   * ones; of numbers deciles, and a bin of its own for what takes two deciles or more.
   *
   * @param sample the numbers of some rows
   */
  static FeatureProfile bins(SeenFeature feature, double[] sample) {
    List<String> tokens =
        feature
            .byFrequency()
            .map(v -> v.tokens().subList(0, Math.min(TOKENS, v.tokens().size())))
            .orElse(List.of());
    List<Double> edges = feature.isOrdered() ? edges(sample) : List.of();
    Double[] none = new Double[FeatureProfile.bins(tokens.size(), edges.size())];
    Arrays.fill(none, 0.0);
    return new FeatureProfile(tokens, edges, Arrays.asList(none), 0, List.of());
  }

  /**
   * Deciles, and one edge more behind a number that takes two deciles or more.
   *
   * @param sample numbers; NaN is missing
   */
  static List<Double> edges(double[] sample) {
    double[] sorted = Arrays.stream(sample).filter(x -> !Double.isNaN(x)).sorted().toArray();
    List<Double> edges = new ArrayList<>();
    for (int q = 1; q < QUANTILES && sorted.length > 0; q++) {
      double edge = sorted[(int) ((long) q * sorted.length / QUANTILES)];
      double last = edges.isEmpty() ? Double.NEGATIVE_INFINITY : edges.get(edges.size() - 1);
      double next = edge == last ? Math.nextUp(edge) : edge;
      if (next > last) {
        edges.add(next);
      }
    }
    return edges;
  }

  /** Counts rows. */
  void add(List<int[]> ids, List<float[]> dense, int rows) {
    for (double number : feature.numbers(ids, dense, rows)) {
      counts[bin(number)]++;
      unknown += feature.kind() == SeenFeature.Kind.ID && feature.isUnknown((int) number) ? 1 : 0;
      frequent.ifPresent(tally -> tally.add((int) number));
    }
  }

  /** Takes of rows that were counted what their ids do not tell. */
  void addUnknown(RawBatch rows, List<int[]> ids) {
    frequent.ifPresent(tally -> tally.addUnknown(rows, ids.get(feature.from())));
  }

  private int bin(double number) {
    if (feature.isOrdered()) {
      return Double.isNaN(number) ? MISSING : 1 + StabilityIndex.bin(edges, number);
    }
    return number == Vocabulary.MISSING
        ? MISSING
        : tokens.getOrDefault((int) number, counts.length - 1);
  }

  /** What was counted. */
  FeatureProfile profile() {
    return new FeatureProfile(
        bins.tokens(),
        bins.edges(),
        Arrays.stream(counts).boxed().toList(),
        unknown,
        frequent.map(TokenTally::frequent).orElse(List.of()));
  }
}
