package org.mtl4j.experiment.run;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.cache.RowStore;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentListener.Pass;

/**
 * The data of an experiment, ready to train on: what was learnt from the training split, and every
 * split encoded by it.
 *
 * @param learnt from the training split
 * @param rows per split its rows; a split without rows is not there
 */
public record ExperimentData(LearntData learnt, Map<Split, EncodedData> rows) {
  /** Copies the map. */
  public ExperimentData {
    rows = Map.copyOf(rows);
  }

  /**
   * Reads the data once, the linter looking at its rows if it is to.
   *
   * @param lint whether the linter looks at the rows
   * @param listener hears of the rows as they are read
   * @return what was learnt, and the number of rows
   * @throws MtlException for whatever is wrong with the data but for the linter's findings
   */
  static Learnt learn(
      ExperimentPlan plan, SplitDataset dataset, boolean lint, ExperimentListener listener) {
    Counter counter = new Counter(listener, Pass.LEARNING, OptionalLong.empty());
    Groups.of(plan, dataset.columns()); // Its column is there.
    return new Learnt(LearntData.of(plan, dataset, lint, counter), counter.rows);
  }

  /**
   * What the first pass gave.
   *
   * @param data what was learnt
   * @param rows number of rows of all splits
   */
  record Learnt(LearntData data, long rows) {
    /**
     * Reads the data once more, to encode them.
     *
     * @throws MtlException for a value that cannot be encoded, or of code IO if the disk is full
     */
    <R> Map<Split, R> encode(
        ExperimentPlan plan, SplitDataset dataset, RowStore<R> store, ExperimentListener listener) {
      Counter counter = new Counter(listener, Pass.ENCODING, OptionalLong.of(rows));
      return data.encode(plan, dataset, store, counter);
    }
  }

  /** Adds the blocks of a pass up. */
  private static final class Counter implements IntConsumer {
    private final ExperimentListener listener;
    private final Pass pass;
    private final OptionalLong total;
    private long rows;

    Counter(ExperimentListener listener, Pass pass, OptionalLong total) {
      this.listener = listener;
      this.pass = pass;
      this.total = total;
    }

    @Override
    public void accept(int blockRows) {
      rows += blockRows;
      listener.onRows(new ExperimentListener.Reading(pass, rows, total));
    }
  }

  /** The rows of a split, if it has any. */
  public Optional<EncodedData> split(Split split) {
    return Optional.ofNullable(rows.get(split));
  }
}
