package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.RowItems;

/**
 * Marks encoded rows with their item, in how many training rows it stands, and its content. Marks
 * stand among the labels, under names that no output has, so that rows keep them wherever they are
 * kept.
 */
final class ItemMarks {
  private static final String NUMBER = "item number";
  private static final String POPULARITY = "item popularity";
  private static final String CONTENT = "item content ";

  private ItemMarks() {}

  /** The labels of a block and the marks, where items are named. */
  static Map<String, LabelColumn> mark(
      CountedItems items, RawBatch rows, Map<String, LabelColumn> labels) {
    Map<String, LabelColumn> marked = new LinkedHashMap<>(labels);
    items
        .of(rows)
        .ifPresent(
            found -> {
              marked.put(NUMBER, marks(found.ofRow().toArray(), 0));
              marked.put(POPULARITY, MarkedNumbers.of(longs(found.popularity().orElseThrow())));
              for (int c = 0; c < found.content().size(); c++) {
                marked.put(CONTENT + c, marks(found.content().get(c).toArray(), 1));
              }
            });
    return marked;
  }

  private static long[] longs(Numbers counts) {
    return IntStream.range(0, counts.size()).mapToLong(row -> (long) counts.get(row)).toArray();
  }

  /** Of content -1 is no value, and marks have no sign. */
  private static LabelColumn marks(int[] numbers, int more) {
    return MarkedNumbers.of(Arrays.stream(numbers).mapToLong(n -> n + (long) more).toArray());
  }

  /** The items of rows that were marked; empty where none are named. */
  static Optional<RowItems> of(Map<String, LabelColumn> labels) {
    if (!labels.containsKey(NUMBER)) {
      return Optional.empty();
    }
    long[] counts = MarkedNumbers.read(labels.get(POPULARITY));
    float[] popularity = new float[counts.length];
    for (int row = 0; row < counts.length; row++) {
      popularity[row] = counts[row];
    }
    List<int[]> content = new ArrayList<>();
    for (int c = 0; labels.containsKey(CONTENT + c); c++) {
      content.add(numbers(labels.get(CONTENT + c)));
    }
    return Optional.of(RowItems.of(numbers(labels.get(NUMBER)), Optional.of(popularity), content));
  }

  private static int[] numbers(LabelColumn marks) {
    return LongStream.of(MarkedNumbers.read(marks)).mapToInt(n -> (int) n).toArray();
  }
}
