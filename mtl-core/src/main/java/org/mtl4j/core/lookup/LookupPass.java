package org.mtl4j.core.lookup;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;

/** The tables of one pass over rows, open. */
interface LookupPass extends AutoCloseable {
  /** Opens the next table. */
  void open(JoinedTable joined);

  /** The rows with the columns of the tables, in their order. */
  RawBatch fill(RawBatch rows);

  /** What came of it, a sentence each. */
  List<String> warnings();

  @Override
  void close();
}
