package org.mtl4j.data.dataset;

import org.mtl4j.core.batch.RawBatch;

/** Which training rows stay. Stateless: several passes agree, whatever their blocks. */
interface RowFilter {
  /** Whether each row of a block stays: [n]. */
  boolean[] of(RawBatch rows);
}
