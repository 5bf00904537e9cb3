package org.mtl4j.data.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.CodedColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.TextColumn;
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

  /** The same of texts that are no strings. */
  void add(TextColumn texts, int from, int to) {
    if (texts instanceof CodedColumn coded) {
      add(coded, from, to);
    } else if (texts instanceof Utf8Column utf8) {
      for (int row = from; row < to; row++) {
        if (utf8.lengths()[row] > 0) {
          int before = tokens.size();
          count(utf8.add(row, tokens), before);
        }
      }
    }
  }

  /** The same of some rows, of which those without a text are not counted. */
  void add(String[] texts, int from, int to) {
    for (int row = from; row < to; row++) {
      if (texts[row] != null && !texts[row].isEmpty()) {
        add(texts[row]);
      }
    }
  }

  /** The same of numbers, as rows spell them. */
  void add(double[] values, int from, int to) {
    for (int row = from; row < to; row++) {
      double value = values[row];
      long whole = (long) value;
      if (whole == value && whole != Long.MAX_VALUE) {
        int before = tokens.size();
        count(tokens.add(whole), before);
      } else if (!Double.isNaN(value)) {
        add(RawBatch.spell(value));
      }
    }
  }

  /** A text's number is looked up once, and noted plus 1. */
  private void add(CodedColumn coded, int from, int to) {
    int[] notes = coded.dictionary().notes(this);
    for (int row = from; row < to; row++) {
      int code = coded.codes()[row];
      if (code == CodedColumn.MISSING) {
        continue;
      }
      if (notes[code] > 0) {
        counts[notes[code] - 1]++;
      } else if (!coded.text(row).isEmpty()) {
        int before = tokens.size();
        int number = tokens.add(coded.text(row));
        count(number, before);
        notes[code] = number + 1;
      }
    }
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
    Map<Long, List<String>> frequent = frequent();
    int found = frequent.values().stream().mapToInt(List::size).sum();
    int size = Math.min(found, rule.maxSize());
    vocabulary =
        new Vocabulary(frequent.values().stream().flatMap(List::stream).limit(size).toList());
    if (found == 0 && tokens.size() > 0) {
      warnings.add(
          "table %s: none of %d values was seen min_count = %d times; all are out of vocabulary."
              .formatted(table, tokens.size(), rule.minCount()));
    }
    if (size < found) {
      warnings.add(outgrown(frequent, found));
    }
  }

  /**
   * The values that stay, by falling count, equal counts by text: most values of a large table are
   * rare ones, and have few different counts.
   */
  private Map<Long, List<String>> frequent() {
    Map<Long, IntStream.Builder> byCount = new HashMap<>();
    for (int number = 0; number < tokens.size(); number++) {
      if (counts[number] >= rule.minCount()) {
        byCount.computeIfAbsent(counts[number], count -> IntStream.builder()).add(number);
      }
    }
    Map<Long, List<String>> falling = new LinkedHashMap<>();
    byCount.keySet().stream()
        .sorted(Comparator.reverseOrder())
        .forEach(count -> falling.put(count, tokens.sorted(byCount.get(count).build().toArray())));
    return falling;
  }

  private String outgrown(Map<Long, List<String>> frequent, int found) {
    long all = Arrays.stream(counts).sum();
    long left = 0;
    long rank = 0;
    for (Map.Entry<Long, List<String>> equal : frequent.entrySet()) {
      rank += equal.getValue().size();
      left +=
          equal.getKey() * Math.min(equal.getValue().size(), Math.max(0, rank - rule.maxSize()));
    }
    return String.format(
        Locale.ROOT,
        "table %s: %,d values outgrow max_size = %,d; the %,d rarest of them, %.1f %% of all that"
            + " was counted, are out of vocabulary. Raise max_size, or take hash_buckets.",
        table,
        found,
        rule.maxSize(),
        found - rule.maxSize(),
        100.0 * left / all);
  }

  /** The vocabulary as last made. */
  Vocabulary vocabulary() {
    return vocabulary;
  }
}
