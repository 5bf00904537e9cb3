package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.Slicing;

/**
 * The weights of all gates for n rows side by side, and the slices that these rows are in. A case
 * is a gate on a slice: those of the first slicing first, of these those of the first gate.
 */
final class PartedWeights {
  private final int n;
  private final int[] starts;
  private final float[] weights;
  private final double[] totals;
  private final int[][] slices;
  private final int[][] counts;

  /**
   * Some rows of a sample.
   *
   * @param which positions in the sample
   */
  PartedWeights(GateSample sample, List<Slicing> slicings, int[] which) {
    n = which.length;
    starts = new int[sample.gates().size() + 1];
    for (int g = 0; g < sample.gates().size(); g++) {
      starts[g + 1] = starts[g] + sample.gates().get(g).experts().size();
    }
    weights = side(sample, which);
    totals = new double[width()];
    for (int i = 0; i < weights.length; i++) {
      totals[i % width()] += weights[i];
    }
    slices = new int[slicings.size()][];
    counts = new int[slicings.size()][];
    for (int s = 0; s < slices.length; s++) {
      Slicing slicing = slicings.get(s);
      slices[s] = IntStream.of(which).map(at -> slicing.ofRow()[sample.rows()[at]]).toArray();
      counts[s] = new int[slicing.slices().size()];
      for (int slice : slices[s]) {
        counts[s][slice]++;
      }
    }
  }

  private float[] side(GateSample sample, int[] which) {
    float[] side = new float[n * width()];
    for (int g = 0; g < sample.gates().size(); g++) {
      int experts = starts[g + 1] - starts[g];
      float[] own = sample.gates().get(g).weights();
      for (int i = 0; i < n; i++) {
        System.arraycopy(own, which[i] * experts, side, i * width() + starts[g], experts);
      }
    }
    return side;
  }

  private int width() {
    return starts[starts.length - 1];
  }

  /** Number of rows n. */
  int size() {
    return n;
  }

  /** Per case whether so many rows are in the slice and out of it that chance can be told. */
  boolean[] testable() {
    boolean[] testable = new boolean[cases()];
    int next = 0;
    for (int[] count : counts) {
      for (int g = 0; g + 1 < starts.length; g++) {
        for (int rows : count) {
          testable[next++] = Math.min(rows, n - rows) >= SliceMeasure.LEAST;
        }
      }
    }
    return testable;
  }

  private int cases() {
    return IntStream.range(0, counts.length).map(s -> counts[s].length).sum() * (starts.length - 1);
  }

  /**
   * Per case the total variation distance between the mean weights in the slice and out of it; NaN
   * where one of the two has no row.
   *
   * @param order [n] whose weights are taken for each row: the row's own, or dealt out otherwise
   */
  double[] distances(int[] order) {
    double[] distances = new double[cases()];
    int next = 0;
    for (int s = 0; s < slices.length; s++) {
      double[] sums = sums(slices[s], counts[s].length, order);
      for (int g = 0; g + 1 < starts.length; g++) {
        for (int slice = 0; slice < counts[s].length; slice++) {
          distances[next++] = distance(sums, slice, counts[s][slice], g);
        }
      }
    }
    return distances;
  }

  private double[] sums(int[] sliceOf, int count, int[] order) {
    int width = width();
    double[] sums = new double[count * width];
    for (int i = 0; i < n; i++) {
      int to = sliceOf[i] * width;
      int from = order[i] * width;
      for (int e = 0; e < width; e++) {
        sums[to + e] += weights[from + e];
      }
    }
    return sums;
  }

  private double distance(double[] sums, int slice, int rows, int gate) {
    double distance = 0;
    for (int e = starts[gate]; e < starts[gate + 1]; e++) {
      double sum = sums[slice * width() + e];
      distance += Math.abs(sum / rows - (totals[e] - sum) / (n - rows)) / 2;
    }
    return distance;
  }
}
