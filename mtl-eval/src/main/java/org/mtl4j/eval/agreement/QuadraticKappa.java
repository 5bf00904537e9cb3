package org.mtl4j.eval.agreement;

import java.util.OptionalDouble;

/**
 * Cohen's kappa with quadratic weights, of ordered classes (Cohen, Psychological Bulletin 70,
 * 1968): how much less two assignments differ, by the square of the distance between classes, than
 * if they were drawn independently. At most 1, 0 for chance.
 *
 * <pre>kappa = 1 - sum o_ij (i - j)^2 / sum e_ij (i - j)^2, e_ij = row sum i * column sum j / total
 * </pre>
 */
public final class QuadraticKappa {
  private QuadraticKappa() {}

  /**
   * Over n rows by example weight.
   *
   * @param labels [n] classes from 0 on
   * @param predictions [n] classes from 0 on
   * @param weights [n] example weights, not negative
   * @return empty where all labels and predictions that weigh something are one class
   * @throws IllegalArgumentException if the lengths differ, or a class is below 0
   */
  public static OptionalDouble of(int[] labels, int[] predictions, double[] weights) {
    Lengths.check(labels.length, predictions.length, weights.length);
    double total = 0;
    double apart = 0;
    double labelSum = 0;
    double labelSquares = 0;
    double predictionSum = 0;
    double predictionSquares = 0;
    for (int row = 0; row < labels.length; row++) {
      double label = Lengths.checkClass(labels[row], row);
      double prediction = Lengths.checkClass(predictions[row], row);
      double weight = weights[row];
      total += weight;
      apart += weight * (label - prediction) * (label - prediction);
      labelSum += weight * label;
      labelSquares += weight * label * label;
      predictionSum += weight * prediction;
      predictionSquares += weight * prediction * prediction;
    }
    // Of independent draws E(i - j)^2 = E i^2 + E j^2 - 2 E i E j: no matrix of classes is needed.
    double byChance = labelSquares + predictionSquares - 2 * labelSum * predictionSum / total;
    return byChance > 0 ? OptionalDouble.of(1 - apart / byChance) : OptionalDouble.empty();
  }
}
