package org.mtl4j.eval.evaluator;

import java.util.Arrays;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.model.OutputSpec;

/** The rows of one output that have a say, gathered in arrays that grow. */
final class OutputRows {
  private final OutputSpec spec;
  private final int width;
  private final int labelWidth;
  private float[] predictions = {};
  private float[] labels = {};
  private float[] weights = {};
  private Optional<int[]> groups = Optional.empty();
  private Optional<EvaluationRows> made = Optional.empty();
  private boolean started;
  private int size;

  OutputRows(OutputSpec spec) {
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
    reserve(Math.addExact(size, block.validCount()));
    for (int row = 0; row < block.labels().size(); row++) {
      if (block.labels().mask()[row]) {
        take(block, row);
      }
    }
  }

  /** The rows gathered so far, the same object until more are added: it keeps their order. */
  EvaluationRows toRows() {
    if (made.isEmpty()) {
      made =
          Optional.of(
              new EvaluationRows(
                  Numbers.of(predictions, size * width),
                  width,
                  Numbers.of(labels, size * labelWidth),
                  Numbers.of(weights, size),
                  groups.map(g -> Arrays.copyOf(g, size))));
    }
    return made.get();
  }

  private void check(OutputBlock block) {
    int n = block.labels().size();
    if (block.predictions().length != n * width
        || block.labels().width() != labelWidth
        || block.groups().map(g -> g.length != n).orElse(false)) {
      throw new IllegalArgumentException(
          "output %s: expected %d predictions, %d labels a row and one group, found %d rows, %d predictions"
                  .formatted(spec.name(), width, labelWidth, n, block.predictions().length)
              + ", %d labels a row".formatted(block.labels().width())
              + block.groups().map(g -> ", " + g.length + " groups").orElse(""));
    }
    if (started && block.groups().isPresent() != groups.isPresent()) {
      throw new IllegalArgumentException(
          "expected groups with every block or with none, found them with some");
    }
    if (!started) {
      groups = block.groups().map(g -> new int[0]);
      started = true;
    }
  }

  private void reserve(int needed) {
    if (needed > weights.length) {
      int capacity = Math.max(needed, weights.length + weights.length / 2);
      predictions = Arrays.copyOf(predictions, Math.multiplyExact(capacity, width));
      labels = Arrays.copyOf(labels, Math.multiplyExact(capacity, labelWidth));
      weights = Arrays.copyOf(weights, capacity);
      groups = groups.map(g -> Arrays.copyOf(g, capacity));
    }
  }

  private void take(OutputBlock block, int row) {
    for (int i = 0; i < width; i++) {
      float prediction = block.predictions()[row * width + i];
      if (!Float.isFinite(prediction)) {
        throw notFinite(prediction, block.firstRow() + row);
      }
      predictions[size * width + i] = prediction;
    }
    System.arraycopy(
        block.labels().labels(), row * labelWidth, labels, size * labelWidth, labelWidth);
    weights[size] = block.labels().weights()[row];
    if (groups.isPresent()) {
      groups.get()[size] = block.groups().orElseThrow()[row];
    }
    size++;
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
