package org.mtl4j.experiment.config;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.RowPart;

/**
 * How a model is measured.
 *
 * @param metrics names of those to report, in this order; without it those that are reported by
 *     default
 * @param k cut-offs of ranking metrics
 * @param quantiles those whose loss {@code quantile_loss} measures
 * @param groupBy column whose values group rows for ranking metrics, a user's id say; without it
 *     there are none
 * @param item column of each row's item, for metrics of items; without it there are none
 * @param itemContent columns of what items are like, for their diversity; none without an item
 * @param cold columns, say of the user's and the item's id: the figures are reported once more for
 *     rows whose value training did not see, and for those whose value it did
 * @param slices ways to part the rows, for each part of which the figures are reported
 * @param fairness whether groups of users or items are treated alike; empty: nobody asks
 * @param bootstrap how often rows or groups are drawn anew for the intervals of figures; 0 leaves
 *     out all intervals that need it; without it 1,000, and fewer of more than 1,000,000 rows
 * @param keepPredictions whether a run keeps what it predicts for test rows, to be compared
 */
public record EvaluationConfig(
    Optional<List<String>> metrics,
    @Default("[10]") List<Integer> k,
    @Default("[0.5, 0.9]") List<Double> quantiles,
    Optional<String> groupBy,
    Optional<String> item,
    @Default("[]") List<String> itemContent,
    @Default("[]") List<String> cold,
    @Default("[]") List<SliceRule> slices,
    Optional<FairnessConfig> fairness,
    Optional<Integer> bootstrap,
    @Default("true") boolean keepPredictions) {
  /**
   * Copies the lists and checks them.
   *
   * @throws IllegalArgumentException if a number is out of its range, a name or number stands
   *     twice, or no metric is named
   */
  public EvaluationConfig {
    metrics = metrics.map(List::copyOf);
    k = List.copyOf(k);
    quantiles = List.copyOf(quantiles);
    itemContent = List.copyOf(itemContent);
    if (Set.copyOf(itemContent).size() < itemContent.size()) {
      throw new IllegalArgumentException(
          "item_content: expected different columns, found " + itemContent);
    }
    if (item.isEmpty() && !itemContent.isEmpty()) {
      throw new IllegalArgumentException(
          "item_content: expected evaluation.item beside it, found none");
    }
    cold = List.copyOf(cold);
    slices = List.copyOf(slices);
    if (bootstrap.filter(n -> n != 0 && (n < 100 || n > 1_000_000)).isPresent()) {
      throw new IllegalArgumentException(
          "bootstrap: expected 0, or 100 to 1000000, found " + bootstrap.get());
    }
    if (Set.copyOf(slices).size() < slices.size()) {
      throw new IllegalArgumentException("slices: expected different ones, found one twice");
    }
    if (Set.copyOf(cold).size() < cold.size()) {
      throw new IllegalArgumentException("cold: expected different columns, found " + cold);
    }
    if (metrics.map(m -> m.isEmpty() || new HashSet<>(m).size() < m.size()).orElse(false)) {
      throw new IllegalArgumentException(
          "metrics: expected different names of metrics, found " + metrics.get());
    }
    if (k.stream().anyMatch(cut -> cut < 1)) {
      throw new IllegalArgumentException("k: expected numbers of at least 1, found " + k);
    }
    if (Set.copyOf(k).size() < k.size()) {
      throw new IllegalArgumentException("k: expected different numbers, found " + k);
    }
    if (!quantiles.stream().allMatch(q -> q > 0 && q < 1)
        || Set.copyOf(quantiles).size() < quantiles.size()) {
      throw new IllegalArgumentException(
          "quantiles: expected different numbers between 0 and 1, found " + quantiles);
    }
  }

  /** What rows of validation and test hold for metrics. */
  public Set<RowPart> parts() {
    Set<RowPart> parts = EnumSet.noneOf(RowPart.class);
    groupBy.ifPresent(column -> parts.add(RowPart.GROUPS));
    item.ifPresent(column -> parts.addAll(EnumSet.of(RowPart.ITEMS, RowPart.POPULARITY)));
    if (!itemContent.isEmpty()) {
      parts.add(RowPart.CONTENT);
    }
    return parts;
  }

  /** What metrics need to know of it. */
  public EvaluationSettings settings() {
    return new EvaluationSettings(k, quantiles);
  }
}
