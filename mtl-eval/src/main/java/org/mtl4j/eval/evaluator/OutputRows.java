package org.mtl4j.eval.evaluator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ItemList;
import org.mtl4j.core.metric.NumberList;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.model.OutputSpec;

/** The rows of one output that have a say, gathered in columns that grow. */
final class OutputRows {
  /** Array sizes that every virtual machine allows. */
  private static final long MOST_NUMBERS = Integer.MAX_VALUE - 8;

  private final long mostNumbers;
  private final OutputSpec spec;
  private final int width;
  private final int labelWidth;
  private final NumberList predictions = new NumberList();
  private final NumberList labels = new NumberList();
  private final NumberList weights = new NumberList();
  private Optional<int[]> groups = Optional.empty();
  private Optional<ItemList> items = Optional.empty();
  private Optional<EvaluationRows> made = Optional.empty();
  private boolean started;

  OutputRows(OutputSpec spec) {
    this(spec, MOST_NUMBERS);
  }

  /** As above, with as many numbers as an array may have. */
  OutputRows(OutputSpec spec, long mostNumbers) {
    this.mostNumbers = mostNumbers;
    this.spec = spec;
    this.width = spec.width();
    this.labelWidth = spec.labelShape().width();
  }

  /** The output. */
  OutputSpec spec() {
    return spec;
  }

  /** Takes the block's rows that have a say. */
  void add(OutputBlock block) {
    check(block);
    made = Optional.empty();
    start(block.groups().isPresent(), block.items());
    reserve(block.validCount());
    for (int row = 0; row < block.labels().size(); row++) {
      if (block.labels().mask()[row]) {
        take(block, row);
      }
    }
  }

  /** Takes the rows of another gathering of the same output, behind its own. */
  void addAll(OutputRows other) {
    if (!other.started) {
      return;
    }
    made = Optional.empty();
    Optional<RowItems> others = other.items.map(ItemList::toItems);
    start(other.groups.isPresent(), others);
    reserve(other.size());
    if (groups.isPresent()) {
      System.arraycopy(other.groups.orElseThrow(), 0, groups.get(), size(), other.size());
    }
    for (int row = 0; items.isPresent() && row < other.size(); row++) {
      items.get().add(others.orElseThrow(), row);
    }
    predictions.addAll(other.predictions);
    labels.addAll(other.labels);
    weights.addAll(other.weights);
  }

  /** The rows gathered so far, the same object until more are added: it keeps their order. */
  EvaluationRows toRows() {
    if (made.isEmpty()) {
      EvaluationRows rows =
          new EvaluationRows(
              predictions.numbers(),
              width,
              labels.numbers(),
              weights.numbers(),
              groups.map(g -> g.length == size() ? g : Arrays.copyOf(g, size())));
      made = Optional.of(items.map(list -> rows.withItems(list.toItems())).orElse(rows));
    }
    return made.get();
  }

  private int size() {
    return weights.size();
  }

  private void check(OutputBlock block) {
    int n = block.labels().size();
    if (block.predictions().length != n * width
        || block.labels().width() != labelWidth
        || block.groups().map(g -> g.length != n).orElse(false)
        || block.items().map(i -> i.size() != n).orElse(false)) {
      throw new IllegalArgumentException(
          "output %s: expected %d predictions, %d labels a row and one group and item, found %d rows, %d predictions"
                  .formatted(spec.name(), width, labelWidth, n, block.predictions().length)
              + ", %d labels a row".formatted(block.labels().width())
              + block.groups().map(g -> ", " + g.length + " groups").orElse(""));
    }
  }

  private void start(boolean grouped, Optional<RowItems> withItems) {
    if (started && grouped != groups.isPresent()) {
      throw new IllegalArgumentException(
          "expected groups with every block or with none, found them with some");
    }
    if (started && withItems.isPresent() != items.isPresent()) {
      throw new IllegalArgumentException(
          "expected items with every block or with none, found them with some");
    }
    if (!started) {
      items = withItems.map(ItemList::new);
    }
    if (!started && grouped) {
      groups = Optional.of(new int[0]);
    }
    started = true;
  }

  private void reserve(int more) {
    long needed = (long) size() + more;
    if (needed * Math.max(width, labelWidth) > mostNumbers) {
      throw new MtlException(
          new Problem(
              ErrorCode.MEMORY,
              "output " + spec.name(),
              String.format(
                  Locale.ROOT,
                  "Expected at most %,d rows to evaluate at once (%,d numbers, %,d a row), found at"
                      + " least %,d.",
                  mostNumbers / Math.max(width, labelWidth),
                  mostNumbers,
                  Math.max(width, labelWidth),
                  needed),
              "Evaluate fewer rows, those of a part of the files say."));
    }
    if (groups.isPresent() && needed > groups.get().length) {
      long capacity = Math.min(MOST_NUMBERS, Math.max(needed, needed + (needed >> 1)));
      groups = Optional.of(Arrays.copyOf(groups.get(), (int) capacity));
    }
  }

  private void take(OutputBlock block, int row) {
    for (int i = 0; i < width; i++) {
      float prediction = block.predictions()[row * width + i];
      if (!Float.isFinite(prediction)) {
        throw notFinite(prediction, block.firstRow() + row);
      }
      predictions.add(prediction);
    }
    for (int i = 0; i < labelWidth; i++) {
      labels.add(block.labels().labels()[row * labelWidth + i]);
    }
    if (groups.isPresent()) {
      groups.get()[size()] = block.groups().orElseThrow()[row];
    }
    items.ifPresent(list -> list.add(block.items().orElseThrow(), row));
    weights.add(block.labels().weights()[row]);
  }

  private MtlException notFinite(float prediction, long row) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            "output " + spec.name() + ", row " + row + " of the evaluation (from 0)",
            "Expected a prediction that is a finite number, found " + prediction + ".",
            "Train again with a lower learning rate, and look for very large values among the"
                + " row's features."));
  }
}
