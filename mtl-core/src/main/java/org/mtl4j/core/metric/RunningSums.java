package org.mtl4j.core.metric;

/** Numbers that begin at 0 and are added to. Not for use by several threads. */
public sealed interface RunningSums permits ArrayRunningSums, FileRunningSums {
  /** The number at an index. */
  double get(int index);

  /** Adds to the number at an index. */
  void add(int index, double value);
}
