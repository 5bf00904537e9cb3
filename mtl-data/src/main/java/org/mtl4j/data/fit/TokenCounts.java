package org.mtl4j.data.fit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.schema.Vocabulary;

/** How often each value of a table's features was seen. */
final class TokenCounts {
  private final int minCount;
  private final Map<String, Count> counts = new HashMap<>();
  private Vocabulary vocabulary;

  /** A count that grows in place: a boxed number would be made anew for every row. */
  private static final class Count {
    private long value;
  }

  /**
   * Nothing counted yet.
   *
   * @param minCount values seen fewer times stay out of the vocabulary
   */
  TokenCounts(int minCount) {
    this.minCount = minCount;
  }

  void add(String token) {
    counts.computeIfAbsent(token, key -> new Count()).value++;
  }

  /** Makes the vocabulary of what was counted, with warnings for what it leaves out. */
  void freeze(String table, List<String> warnings) {
    vocabulary =
        new Vocabulary(
            counts.entrySet().stream()
                .filter(e -> e.getValue().value >= minCount)
                .sorted(
                    Comparator.comparingLong((Map.Entry<String, Count> e) -> -e.getValue().value)
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList());
    if (vocabulary.tokens().isEmpty() && !counts.isEmpty()) {
      warnings.add(
          "table %s: none of %d values was seen min_count = %d times; all are out of vocabulary."
              .formatted(table, counts.size(), minCount));
    }
  }

  /** The vocabulary as last made. */
  Vocabulary vocabulary() {
    return vocabulary;
  }
}
