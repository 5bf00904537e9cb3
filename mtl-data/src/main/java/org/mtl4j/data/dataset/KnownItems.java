package org.mtl4j.data.dataset;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.split.Split;

/**
 * The items of training with their columns, how often each is there, and who is known to have what:
 * every pair of user and item of any split, so that what somebody has in the test is no negative of
 * theirs in training. All of it stays in half of the heap.
 */
final class KnownItems {
  private static final int MOST_TRIES = 100;

  /** A column's value besides its text, an entry of the list, a count and a share of the sum. */
  private static final int VALUE_BYTES = 64;

  private final int user;
  private final int item;
  private final int[] columns;
  private final boolean popular;
  private final HeapShare heap;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Object[]> items = new ArrayList<>();
  private final HashTable pairs;
  private long[] counts = new long[1024];

  /** Nothing known yet. */
  KnownItems(NegativePlan plan, Columns columns, HeapShare heap) {
    this.user = plan.user(columns);
    this.item = plan.item(columns);
    this.columns = plan.items(columns);
    this.popular = plan.rule().by() == Negatives.By.POPULARITY;
    this.heap = heap;
    this.pairs = new HashTable(heap);
  }

  /**
   * Takes a row in.
   *
   * @throws MtlException of code MEMORY if there is no room for more
   */
  void observe(Split split, RawBatch rows, int row) {
    String id = rows.text(item, row);
    if (id == null) {
      return;
    }
    String who = rows.text(user, row);
    if (who != null && pairs.add(pair(who, id)) == HashTable.Added.FULL) {
      throw full(
          String.format(Locale.ROOT, "remembering %,d pairs of user and item", pairs.size()));
    }
    if (split == Split.TRAIN) {
      int known = ids.computeIfAbsent(id, i -> items.size());
      if (known == items.size()) {
        add(id, rows, row);
      }
      counts[known]++;
    }
  }

  private void add(String id, RawBatch rows, int row) {
    Object[] values = new Object[columns.length];
    boolean fits = heap.takeText(id) && heap.take((long) VALUE_BYTES * (columns.length + 1));
    for (int c = 0; c < values.length; c++) {
      if (rows.values(columns[c]) instanceof double[] numbers) {
        values[c] = numbers[row];
      } else {
        String text = rows.text(columns[c], row);
        values[c] = text;
        fits &= heap.take(text == null ? 0 : 2L * text.length());
      }
    }
    if (!fits) {
      throw full(String.format(Locale.ROOT, "remembering %,d items", items.size() + 1));
    }
    items.add(values);
    if (items.size() > counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
  }

  private MtlException full(String what) {
    return heap.refusal(
        "data.negatives", what + " takes", "Draw negatives once, where the file is made.");
  }

  /** No more rows come: counts become their sums, by which items are found. */
  void finish() {
    counts = Arrays.copyOf(counts, items.size());
    if (!popular) {
      Arrays.fill(counts, 1);
    }
    Arrays.parallelPrefix(counts, Long::sum);
  }

  private static byte[] pair(String user, String item) {
    return Hashing.murmur3_128()
        .newHasher()
        .putInt(user.length())
        .putUnencodedChars(user)
        .putUnencodedChars(item)
        .hash()
        .asBytes();
  }

  /**
   * Items for a row: none twice, none that its user is known to have, nor the row's own; fewer than
   * wanted where there are no more. A row without an item gets none. Of each its values in the
   * plan's item columns: a Double, or a text or null.
   */
  List<Object[]> draw(RawBatch rows, int row, int wanted, SplittableRandom random) {
    String own = rows.text(item, row);
    if (own == null || items.isEmpty()) {
      return List.of();
    }
    String who = rows.text(user, row);
    Set<Integer> drawn = new LinkedHashSet<>();
    for (int n = 0; n < wanted; n++) {
      int found = one(who, own, drawn, random);
      if (found < 0) {
        break;
      }
      drawn.add(found);
    }
    return drawn.stream().map(items::get).toList();
  }

  /** One more item, or -1 if there is none. */
  private int one(String who, String own, Set<Integer> taken, SplittableRandom random) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      int candidate = any(random);
      if (fits(candidate, who, own, taken)) {
        return candidate;
      }
    }
    int from = random.nextInt(items.size()); // Of somebody who has nearly all of them.
    for (int i = 0; i < items.size(); i++) {
      int candidate = (from + i) % items.size();
      if (fits(candidate, who, own, taken)) {
        return candidate;
      }
    }
    return -1;
  }

  private int any(SplittableRandom random) {
    int found = Arrays.binarySearch(counts, random.nextLong(counts[counts.length - 1]) + 1);
    return found >= 0 ? found : -found - 1;
  }

  private boolean fits(int candidate, String who, String own, Set<Integer> taken) {
    String id = id(candidate);
    return !taken.contains(candidate)
        && !id.equals(own)
        && (who == null || !pairs.contains(pair(who, id)));
  }

  private String id(int candidate) {
    Object id = items.get(candidate)[0];
    return id instanceof Double number ? RawBatch.spell(number) : (String) id;
  }
}
