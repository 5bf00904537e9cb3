package org.mtl4j.data.fit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.Vocabulary;

/** How often each value of a table's features was seen. */
final class TokenCounts {
  private final CategoricalFeature.Learnt rule;
  private final Map<String, Count> counts = new HashMap<>();
  private Vocabulary vocabulary;

  /** A count that grows in place: a boxed number would be made anew for every row. */
  private static final class Count {
    private long value;
  }

  /**
   * Nothing counted yet.
   *
   * @param rule which values stay out of the vocabulary
   */
  TokenCounts(CategoricalFeature.Learnt rule) {
    this.rule = rule;
  }

  void add(String token) {
    counts.computeIfAbsent(token, key -> new Count()).value++;
  }

  /** Makes the vocabulary of what was counted, with warnings for what it leaves out. */
  void freeze(String table, List<String> warnings) {
    List<Map.Entry<String, Count>> frequent =
        counts.entrySet().stream()
            .filter(e -> e.getValue().value >= rule.minCount())
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Count> e) -> -e.getValue().value)
                    .thenComparing(Map.Entry::getKey))
            .toList();
    int size = Math.min(frequent.size(), rule.maxSize());
    vocabulary = new Vocabulary(frequent.stream().limit(size).map(Map.Entry::getKey).toList());
    if (frequent.isEmpty() && !counts.isEmpty()) {
      warnings.add(
          "table %s: none of %d values was seen min_count = %d times; all are out of vocabulary."
              .formatted(table, counts.size(), rule.minCount()));
    }
    if (size < frequent.size()) {
      warnings.add(outgrown(table, frequent, size));
    }
  }

  private String outgrown(String table, List<Map.Entry<String, Count>> frequent, int size) {
    long all = counts.values().stream().mapToLong(count -> count.value).sum();
    long left = frequent.stream().skip(size).mapToLong(entry -> entry.getValue().value).sum();
    return String.format(
        Locale.ROOT,
        "table %s: %,d values outgrow max_size = %,d; the %,d rarest of them, %.1f %% of all that"
            + " was counted, are out of vocabulary. Raise max_size, or take hash_buckets.",
        table,
        frequent.size(),
        size,
        frequent.size() - size,
        100.0 * left / all);
  }

  /** The vocabulary as last made. */
  Vocabulary vocabulary() {
    return vocabulary;
  }
}
