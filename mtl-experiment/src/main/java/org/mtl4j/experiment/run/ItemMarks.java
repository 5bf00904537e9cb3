package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;

/**
 * Marks encoded rows with their item, in how many training rows it stands, and its content. Marks
 * stand among the labels, under names that no output has, so that rows keep them wherever they are
 * kept. Items that were drawn as negatives are in no training row.
 */
final class ItemMarks {
  private static final String NUMBER = "item number";
  private static final String POPULARITY = "item popularity";
  private static final String CONTENT = "item content ";
  private static final int BLOCK = 4096;
  private static final int FIRST_CAPACITY = 1024;

  private final Items items;
  private int[] popularity = new int[FIRST_CAPACITY];

  private ItemMarks(Items items) {
    this.items = items;
  }

  /** Reads the training rows once, if items are named. */
  static ItemMarks of(Items items, SplitDataset dataset) {
    ItemMarks marks = new ItemMarks(items);
    if (items.areNamed()) {
      dataset.forEach(Split.TRAIN, BLOCK, marks::count);
    }
    return marks;
  }

  private void count(RawBatch rows) {
    Optional<boolean[]> drawn = rows.drawn().map(DrawnRows::rows);
    int[] numbers = items.numbers(rows);
    for (int row = 0; row < numbers.length; row++) {
      if (numbers[row] >= popularity.length) {
        popularity = Arrays.copyOf(popularity, numbers[row] + numbers[row] / 2);
      }
      popularity[numbers[row]] += drawn.isPresent() && drawn.get()[row] ? 0 : 1;
    }
  }

  /** The labels of a block and the marks, where items are named. */
  Map<String, LabelColumn> mark(RawBatch rows, Map<String, LabelColumn> labels) {
    Map<String, LabelColumn> marked = new LinkedHashMap<>(labels);
    items
        .of(rows)
        .ifPresent(
            found -> {
              marked.put(NUMBER, marks(found.ofRow(), 0));
              int[] counts = Arrays.stream(found.ofRow()).map(this::popularity).toArray();
              marked.put(POPULARITY, marks(counts, 0));
              for (int c = 0; c < found.content().size(); c++) {
                marked.put(CONTENT + c, marks(found.content().get(c), 1));
              }
            });
    return marked;
  }

  private int popularity(int item) {
    return item < popularity.length ? popularity[item] : 0;
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
    return Optional.of(new RowItems(numbers(labels.get(NUMBER)), Optional.of(popularity), content));
  }

  private static int[] numbers(LabelColumn marks) {
    return LongStream.of(MarkedNumbers.read(marks)).mapToInt(n -> (int) n).toArray();
  }
}
