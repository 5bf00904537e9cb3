package org.mtl4j.experiment.run;

import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;

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
   * @throws MtlException for whatever is wrong with the data
   */
  public static ExperimentData prepare(ExperimentPlan plan, SplitDataset dataset, RowCache cache) {
    Groups.of(plan.config().evaluation().groupBy(), dataset.columns()); // Its column is there.
    LearntData learnt = LearntData.of(plan, dataset);
    return new ExperimentData(learnt, learnt.encode(plan, dataset, cache));
  }

  /** The rows of a split, if it has any. */
  public Optional<EncodedData> split(Split split) {
    return Optional.ofNullable(rows.get(split));
  }
}
