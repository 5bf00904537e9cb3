package org.mtl4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Which rows of a batch an output's loss compares with each other: rows of one query. */
public sealed interface Comparison {
  /**
   * Each row with all the others of its query.
   *
   * @param queries [B] the number of each row's query, from 0
   */
  record Lists(Operand<TInt32> queries) implements Comparison {}

  /**
   * Rows of label 1 with rows of label 0, two by two: p pairs. Rows without a say are in none.
   *
   * @param better [p] positions of the rows of label 1
   * @param worse [p] positions of the rows of label 0
   * @param counts [B] how many pairs each row stands for as the better one, those left out included
   */
  record Pairs(Operand<TInt32> better, Operand<TInt32> worse, Operand<TFloating> counts)
      implements Comparison {}
}
