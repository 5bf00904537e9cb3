package org.mtl4j.eval.evaluator;

import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.RowList;
import org.mtl4j.core.metric.RowRoom;
import org.mtl4j.core.metric.RowShape;
import org.mtl4j.core.model.OutputSpec;

/** The rows of one output that have a say, gathered. */
final class OutputRows {
  /** Array sizes that every virtual machine allows. */
  private static final long MOST_NUMBERS = Integer.MAX_VALUE - 8;

  private final long mostNumbers;
  private final OutputSpec spec;
  private final int width;
  private final int labelWidth;
  private final RowList list;
  private Optional<EvaluationRows> made = Optional.empty();

  OutputRows(OutputSpec spec, RowRoom room) {
    this(spec, room, MOST_NUMBERS);
  }

  /** As above, with as many numbers as an array may have. */
  OutputRows(OutputSpec spec, RowRoom room, long mostNumbers) {
    this.mostNumbers = mostNumbers;
    this.spec = spec;
    this.width = spec.width();
    this.labelWidth = spec.labelShape().width();
    this.list = new RowList(new RowShape(width, labelWidth, false), room);
  }

  /** The output. */
  OutputSpec spec() {
    return spec;
  }

  /** Takes the block's rows that have a say. */
  void add(OutputBlock block) {
    check(block);
    made = Optional.empty();
    int more = block.validCount();
    checkCount(more);
    list.expect(more, block.groups().isPresent(), block.items());
    for (int row = 0; row < block.labels().size(); row++) {
      if (block.labels().mask()[row]) {
        take(block, row);
      }
    }
  }

  /** Takes the rows of another gathering of the same output, behind its own. */
  void addAll(OutputRows other) {
    if (other.list.isStarted()) {
      made = Optional.empty();
      checkCount(other.list.size());
      list.addAll(other.toRows());
    }
  }

  /** The rows gathered so far, the same object until more are added: it keeps their order. */
  EvaluationRows toRows() {
    if (made.isEmpty()) {
      made = Optional.of(list.toRows());
    }
    return made.get();
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

  private void checkCount(int more) {
    long needed = (long) list.size() + more;
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
  }

  private void take(OutputBlock block, int row) {
    for (int i = 0; i < width; i++) {
      float prediction = block.predictions()[row * width + i];
      if (!Float.isFinite(prediction)) {
        throw notFinite(prediction, block.firstRow() + row);
      }
    }
    list.add(block, row);
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
