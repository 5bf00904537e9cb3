package org.mtl4j.eval.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The AUC where each row's probability of being positive is known and its label is not: of rows
 * that nobody saw the outcome of, in a simulated log for instance.
 */
public final class ExpectedAuc {
  private ExpectedAuc() {}

  /**
   * How likely a positive row is scored above a negative one, ties counting half, over all pairs of
   * different rows, each as likely as its first row is positive and its second negative:
   *
   * <pre>
   * sum over i, j of p_i (1 - p_j) [s_i > s_j]  /  sum over i, j of p_i (1 - p_j)
   * </pre>
   *
   * <p>With probabilities of 0 and 1 this is the AUC.
   *
   * @param scores [n] finite numbers
   * @param probabilities [n] that a row is positive, in [0, 1]
   * @return in [0, 1]; NaN if no pair has a chance
   * @throws IllegalArgumentException if a score is not finite
   */
  public static double of(double[] scores, double[] probabilities) {
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("expected finite scores, found " + score);
      }
    }
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double wins = 0;
    double negativesBelow = 0;
    double positives = 0;
    for (int first = 0, next; first < order.length; first = next) {
      double tiedPositives = 0;
      double tiedNegatives = 0;
      double selves = 0;
      for (next = first;
          next < order.length && scores[order[next]] == scores[order[first]];
          next++) {
        double p = probabilities[order[next]];
        tiedPositives += p;
        tiedNegatives += 1 - p;
        selves += p * (1 - p);
      }
      wins += tiedPositives * negativesBelow + (tiedPositives * tiedNegatives - selves) / 2;
      negativesBelow += tiedNegatives;
      positives += tiedPositives;
    }
    double withItself = Arrays.stream(probabilities).map(p -> p * (1 - p)).sum();
    return wins / (positives * negativesBelow - withItself);
  }
}
