package org.mtl4j.experiment.lint;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.split.Split;

/**
 * One check: it sees every row once, in memory that does not grow with their number, and says at
 * the end what it found. Add one by writing its class and its line in {@link LintChecks}.
 */
interface LintCheck {
  /** Looks at a block of rows of one split. */
  void observe(Split split, RawBatch rows);

  /** What it found in the rows seen so far. */
  List<Finding> findings();
}
