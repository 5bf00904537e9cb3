package org.mtl4j.data.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.TokenIndex;
import org.mtl4j.core.schema.Vocabulary;

/** How often each value of a table's features was seen: 33 bytes a value besides its text. */
final class TokenCounts {
  private final CategoricalFeature.Learnt rule;
  private final TokenIndex tokens = new TokenIndex();
  private long[] counts = new long[16];
  private Vocabulary vocabulary;

  /**
   * Nothing counted yet.
   *
   * @param rule which values stay out of the vocabulary
   */
  TokenCounts(CategoricalFeature.Learnt rule) {
    this.rule = rule;
  }

  void add(String token) {
    int number = tokens.add(token);
    if (number == counts.length) {
      counts = Arrays.copyOf(counts, 2 * number);
    }
    counts[number]++;
  }

  /** Makes the vocabulary of what was counted, with warnings for what it leaves out. */
  void freeze(String table, List<String> warnings) {
    List<Integer> frequent =
        IntStream.range(0, tokens.size())
            .filter(number -> counts[number] >= rule.minCount())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer number) -> -counts[number])
                    .thenComparing(tokens.tokens()::get))
            .toList();
    int size = Math.min(frequent.size(), rule.maxSize());
    vocabulary = new Vocabulary(frequent.stream().limit(size).map(tokens.tokens()::get).toList());
    if (frequent.isEmpty() && tokens.size() > 0) {
      warnings.add(
          "table %s: none of %d values was seen min_count = %d times; all are out of vocabulary."
              .formatted(table, tokens.size(), rule.minCount()));
    }
    if (size < frequent.size()) {
      warnings.add(outgrown(table, frequent, size));
    }
  }

  private String outgrown(String table, List<Integer> frequent, int size) {
    long all = Arrays.stream(counts).sum();
    long left = frequent.stream().skip(size).mapToLong(number -> counts[number]).sum();
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
