package org.mtl4j.experiment.run;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.cache.RowCache;
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
   * Reads the data twice: once to learn from the training split, once to encode all splits.
   *
   * @param cache takes the encoded rows
   * @param lint whether the linter looks at the rows of the first pass
   * @param listener hears of the rows as they are read, and of the linter's warnings
   * @throws MtlException for whatever is wrong with the data, of code LINT with the linter's errors
   */
  public static ExperimentData prepare(
      ExperimentPlan plan,
      SplitDataset dataset,
      RowCache cache,
      boolean lint,
      ExperimentListener listener) {
    Counter learning = new Counter(listener, Pass.LEARNING, OptionalLong.empty());
    LearntData learnt = learn(plan, dataset, lint, learning);
    learnt.lint().warnings().forEach(finding -> listener.onWarning(finding.toString()));
    learnt.lint().throwIfErrors();
    Counter encoding = new Counter(listener, Pass.ENCODING, OptionalLong.of(learning.rows));
    return new ExperimentData(learnt, learnt.encode(plan, dataset, cache, encoding));
  }

  /**
   * Reads the data once, as {@link #prepare} does first, the linter looking at its rows.
   *
   * @throws MtlException for whatever is wrong with the data but for the linter's findings
   */
  static LearntData learn(ExperimentPlan plan, SplitDataset dataset, ExperimentListener listener) {
    return learn(plan, dataset, true, new Counter(listener, Pass.LEARNING, OptionalLong.empty()));
  }

  private static LearntData learn(
      ExperimentPlan plan, SplitDataset dataset, boolean lint, Counter counter) {
    Groups.of(plan.config().evaluation().groupBy(), dataset.columns()); // Its column is there.
    return LearntData.of(plan, dataset, lint, counter);
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
