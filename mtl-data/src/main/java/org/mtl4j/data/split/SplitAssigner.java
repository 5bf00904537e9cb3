package org.mtl4j.data.split;

import org.mtl4j.core.batch.RawBatch;

/** Says for each row what it is for. Stateless: several passes agree, whatever their blocks. */
@FunctionalInterface
public interface SplitAssigner {
  /**
   * What a row is for.
   *
   * @throws org.mtl4j.core.error.MtlException of code DATA_VALUE, with the row's place, if the row
   *     does not say
   */
  Split of(RawBatch rows, int row);
}
