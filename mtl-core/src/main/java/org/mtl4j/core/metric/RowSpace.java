package org.mtl4j.core.metric;

/**
 * Where rows are, memory or files, and room there for numbers of each row that a metric makes.
 * Figures are the same of both.
 */
public sealed interface RowSpace permits FileSpace, HeapSpace {
  /** Whether they are in files, as memory has no room for them. */
  boolean isInFiles();

  /** How many resamples of the rows memory has room for at a time. */
  int resamplesAtOnce();

  /** For a number of each row: none yet. */
  RowValues values();

  /** So many sums, all 0. */
  RunningSums sums(int count);
}
