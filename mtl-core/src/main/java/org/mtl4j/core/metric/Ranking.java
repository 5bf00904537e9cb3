package org.mtl4j.core.metric;

/**
 * The rows of an output of one prediction by falling score. Rows of equal scores are tied; within a
 * tie they keep their order, which must not matter to a figure. Immutable: safe from any thread.
 */
public sealed interface Ranking permits ArrayRanking, FileRanking {
  /** Number of rows. */
  int size();

  /** The row at a position, 0 being the highest score's. */
  int row(int position);

  /** The position after the last row tied with the one at {@code start}. */
  int endOfTie(int start);
}
