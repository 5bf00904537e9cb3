package org.mtl4j.serving.ranking;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;

/** Says what features add to scores. Safe for several threads. */
@FunctionalInterface
public interface RowExplainer {
  /**
   * What each feature adds to an output's score.
   *
   * @param row one row, with the columns that the model reads
   * @param output of width 1
   */
  List<RankedItem.Contribution> explain(RawBatch row, String output);
}
