package org.mtl4j.experiment.diagnose;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How far slices are from the other rows where rows are dealt out to slices at random. Each case's
 * distance is measured in standard deviations of its own draws; the largest of all cases in a draw
 * is what any of them has to beat (Westfall and Young, "Resampling-based multiple testing", 1993):
 * however many gates and slices there are, in 5 % of the runs at most a p-value below 0.05 is
 * chance. Of every tested case {@value #DRAWS} numbers are held.
 */
final class PermutationNull {
  /** The smallest p-value is one in a thousand. */
  static final int DRAWS = 999;

  /** What rounding leaves of weights that are the same in every row. */
  private static final double NOTHING = 1e-9;

  private final int[] tested;
  private final SlicedGate.Chance[] chances;

  /**
   * Deals the rows out.
   *
   * @param rows independent of each other
   */
  PermutationNull(PartedWeights rows, SplittableRandom random) {
    boolean[] testable = rows.testable();
    tested = IntStream.range(0, testable.length).filter(c -> testable[c]).toArray();
    int[] order = IntStream.range(0, rows.size()).toArray();
    double[] found = of(rows.distances(order));
    double[][] draws = new double[DRAWS][];
    if (tested.length > 0) {
      for (int d = 0; d < DRAWS; d++) {
        shuffle(order, random);
        draws[d] = of(rows.distances(order));
      }
    }
    chances = new SlicedGate.Chance[tested.length];
    double[] deviations = new double[tested.length];
    double[] means = new double[tested.length];
    for (int c = 0; c < tested.length; c++) {
      means[c] = mean(draws, c);
      deviations[c] = deviation(draws, c, means[c]);
    }
    int[] reached = reached(draws, found, means, deviations);
    Arrays.setAll(chances, c -> new SlicedGate.Chance(means[c], (reached[c] + 1) / (DRAWS + 1.0)));
  }

  private double[] of(double[] all) {
    return IntStream.of(tested).mapToDouble(c -> all[c]).toArray();
  }

  /** Per case in how many draws the largest of all stands out as far. */
  private static int[] reached(
      double[][] draws, double[] found, double[] means, double[] deviations) {
    int[] reached = new int[found.length];
    for (int d = 0; d < DRAWS && found.length > 0; d++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < found.length; c++) {
        largest = Math.max(largest, standard(draws[d][c], means[c], deviations[c]));
      }
      for (int c = 0; c < found.length; c++) {
        reached[c] += standard(found[c], means[c], deviations[c]) > largest ? 0 : 1;
      }
    }
    return reached;
  }

  private static double standard(double distance, double mean, double deviation) {
    return deviation > NOTHING ? (distance - mean) / deviation : Double.NEGATIVE_INFINITY;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int own = order[i];
      order[i] = order[other];
      order[other] = own;
    }
  }

  private static double mean(double[][] draws, int of) {
    double sum = 0;
    for (double[] draw : draws) {
      sum += draw[of];
    }
    return sum / draws.length;
  }

  private static double deviation(double[][] draws, int of, double mean) {
    double sum = 0;
    for (double[] draw : draws) {
      sum += (draw[of] - mean) * (draw[of] - mean);
    }
    return Math.sqrt(sum / (draws.length - 1));
  }

  /** What is known of a case; empty if too few rows are in its slice or out of it. */
  Optional<SlicedGate.Chance> of(int number) {
    int at = Arrays.binarySearch(tested, number);
    return at < 0 ? Optional.empty() : Optional.of(chances[at]);
  }
}
