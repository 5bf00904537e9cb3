package org.mtl4j.experiment.slice;

import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.eval.slice.Slicing;

/** Gathers from rows what it takes to say which slice each is in. */
interface SliceColumn {
  /** Whether training rows have a say. */
  boolean asksTraining();

  /** Looks at a training row. */
  void observe(RawBatch rows, int row);

  /** Takes a row that is measured, behind those before. */
  void add(RawBatch rows, int row);

  /** Which slice each of the rows taken is in; every one has a row, but those of training. */
  Slicing slicing();
}
