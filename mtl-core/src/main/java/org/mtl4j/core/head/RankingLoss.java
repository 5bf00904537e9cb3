package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.Comparison;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Losses that compare rows of a query, told row by row: that of a row with label 1 against the
 * others of its query, and how much it counts. Then they are weighted means as any other loss is,
 * over parts of a batch too. An example weight is that of the row with label 1, as one for the odds
 * that it was seen is (Joachims, Swaminathan and Schnabel, "Unbiased learning-to-rank with biased
 * feedback", WSDM 2017); of the other rows it only says whether they have a say.
 */
final class RankingLoss {
  private final GraphContext context;
  private final Ops tf;
  private final Operand<TFloating> scores;
  private final Supervision supervision;

  private RankingLoss(GraphContext context, OutputTensor output, Supervision supervision) {
    this.context = context;
    this.tf = context.tf();
    this.scores = BinaryHead.logOdds(context, output);
    this.supervision = supervision;
  }

  /**
   * The loss of each row of a batch of B.
   *
   * @param output log odds [B], or what has some
   * @param supervision its labels, with a comparison
   */
  static TaskLoss.Rows of(GraphContext context, OutputTensor output, Supervision supervision) {
    RankingLoss loss = new RankingLoss(context, output, supervision);
    return supervision.comparison().orElseThrow() instanceof Comparison.Pairs pairs
        ? loss.pairwise(pairs)
        : loss.listwise(((Comparison.Lists) supervision.comparison().get()).queries());
  }

  /** The mean of softplus(worse - better) over a row's pairs; the row counts as its pairs do. */
  private TaskLoss.Rows pairwise(Comparison.Pairs pairs) {
    Operand<TFloating> better = tf.gather(scores, pairs.better(), tf.constant(0));
    Operand<TFloating> worse = tf.gather(scores, pairs.worse(), tf.constant(0));
    Operand<TFloating> losses = tf.math.softplus(tf.math.sub(worse, better));
    Operand<TInt32> rows = tf.size(scores);
    Operand<TFloating> sums = tf.math.unsortedSegmentSum(losses, pairs.better(), rows);
    Operand<TFloating> taken =
        tf.math.unsortedSegmentSum(tf.stopGradient(tf.onesLike(losses)), pairs.better(), rows);
    return new TaskLoss.Rows(
        tf.math.divNoNan(sums, taken), tf.math.mul(supervision.weights(), pairs.counts()));
  }

  /**
   * Minus the log of a row's share in the softmax of its query; the rows with label 1 of a query
   * count 1 together.
   */
  private TaskLoss.Rows listwise(Operand<TInt32> queries) {
    Operand<TInt32> count = tf.math.add(tf.reduceMax(queries, tf.constant(0)), tf.constant(1));
    Operand<TFloating> zeros = tf.zerosLike(scores);
    Operand<TFloating> largest = largest(queries, count);
    // Differences alone: no exponential is above 1, and the softmax does not change.
    Operand<TFloating> shifted = valid(tf.math.sub(scores, largest), zeros);
    Operand<TFloating> shares = valid(tf.math.exp(shifted), zeros);
    // A query with a say has a row of share 1.
    Operand<TFloating> sums =
        tf.math.maximum(tf.math.unsortedSegmentSum(shares, queries, count), context.constant(.5));
    Operand<TFloating> losses =
        tf.math.sub(tf.gather(tf.math.log(sums), queries, tf.constant(0)), shifted);
    Operand<TFloating> yes = valid(supervision.labels(), zeros);
    Operand<TFloating> positives =
        tf.gather(tf.math.unsortedSegmentSum(yes, queries, count), queries, tf.constant(0));
    Operand<TFloating> part = tf.math.divNoNan(yes, positives);
    return new TaskLoss.Rows(losses, tf.math.mul(supervision.weights(), part));
  }

  /** Per row the largest score of its query among rows with a say, as a constant. */
  private Operand<TFloating> largest(Operand<TInt32> queries, Operand<TInt32> count) {
    Operand<TFloating> fixed = tf.stopGradient(scores);
    Operand<TFloating> lowest =
        tf.math.add(tf.zerosLike(fixed), context.constant(-Float.MAX_VALUE));
    Operand<TFloating> most = tf.math.unsortedSegmentMax(valid(fixed, lowest), queries, count);
    return tf.stopGradient(tf.gather(most, queries, tf.constant(0)));
  }

  private Operand<TFloating> valid(Operand<TFloating> values, Operand<TFloating> otherwise) {
    return tf.select(
        tf.math.greater(supervision.weights(), context.constant(0)), values, otherwise);
  }
}
