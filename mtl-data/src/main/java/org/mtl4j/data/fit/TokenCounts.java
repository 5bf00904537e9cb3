package org.mtl4j.data.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.Utf8Column;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.TokenIndex;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.data.memory.HeapShare;

/**
 * How often each value of a table's features was seen, every one of them, since the most frequent
 * are not known before the last row: 26 to 49 bytes a value besides its text.
 */
final class TokenCounts {
  private final String table;
  private final CategoricalFeature.Learnt rule;
  private final HeapShare heap;
  private final TokenIndex tokens = new TokenIndex();
  private long[] counts = new long[16];
  private Vocabulary vocabulary;

  /**
   * Nothing counted yet.
   *
   * @param table its name, for messages
   * @param rule which values stay out of the vocabulary
   * @param heap what this table may take, and others beside it
   */
  TokenCounts(String table, CategoricalFeature.Learnt rule, HeapShare heap) {
    this.table = table;
    this.rule = rule;
    this.heap = heap;
  }

  /**
   * Counts a value.
   *
   * @throws MtlException of code MEMORY if it is a new one and the heap's share is used up
   */
  void add(String token) {
    int before = tokens.size();
    count(tokens.add(token), before);
  }

  /** The same of a row's text, which is there and not empty. */
  void add(Utf8Column texts, int row) {
    int before = tokens.size();
    count(texts.add(row, tokens), before);
  }

  private void count(int number, int before) {
    if (number == before && !heap.takeText(tokens.tokens().get(number))) {
      throw tooMany();
    }
    if (number == counts.length) {
      counts = Arrays.copyOf(counts, 2 * number);
    }
    counts[number]++;
  }

  private MtlException tooMany() {
    return heap.refusal(
        "table " + table,
        String.format(Locale.ROOT, "counting its %,d different values takes", tokens.size()),
        "All are counted, whatever min_count and max_size keep: hash_buckets on the table's features"
            + " needs no counting.");
  }

  /** Makes the vocabulary of what was counted, with warnings for what it leaves out. */
  void freeze(List<String> warnings) {
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
      warnings.add(outgrown(frequent, size));
    }
  }

  private String outgrown(List<Integer> frequent, int size) {
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
