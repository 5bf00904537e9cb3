package org.mtl4j.core.feature;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;

/**
 * A feature with an id a row, or a few side by side: each is looked up in a table. {@link IdTwins}
 * gives the same ids in a graph.
 */
public sealed interface FittedIds extends FittedFeature
    permits FittedCategorical, FittedBuckets, FittedCross, FittedPretrained, FittedTimeIds {
  /** Per id column the table that its ids are rows of; of one feature all have one width. */
  List<TableSpec> tables();

  /**
   * The ids of rows.
   *
   * @return per id column [n], each id below the rows of its table
   * @throws org.mtl4j.core.error.MtlException if a column is missing, or a value is not of the
   *     feature's kind
   */
  List<int[]> encode(RawBatch rows);

  @Override
  default int width() {
    return tables().stream().mapToInt(TableSpec::dim).sum();
  }
}
