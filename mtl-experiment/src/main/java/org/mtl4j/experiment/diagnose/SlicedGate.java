package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Optional;

/**
 * What a gate does slice by slice with the rows that the run is measured on.
 *
 * @param by what the rows are parted by, for people: {@code country}, {@code user_id, known or new}
 * @param gate the probe's name
 * @param task whose gate it is
 * @param experts what it mixes
 * @param slices those with a row: the farthest from the others first, behind them small ones, the
 *     largest first
 */
public record SlicedGate(
    String by, String gate, String task, List<String> experts, List<Slice> slices) {
  /** Copies the lists. */
  public SlicedGate {
    experts = List.copyOf(experts);
    slices = List.copyOf(slices);
  }

  /**
   * The gate on one slice.
   *
   * @param name the slice's
   * @param size the rows it rests on
   * @param weights per expert its mean weight
   * @param entropy the mean over the rows of the weights' entropy, as a share of that of equal
   *     weights: 0 where a row takes one expert, 1 where it takes all alike
   * @param shift how far it is from what the gate does with all other rows; empty if there are none
   */
  public record Slice(
      String name, Size size, List<Double> weights, double entropy, Optional<Shift> shift) {
    /** Copies the weights. */
    public Slice {
      weights = List.copyOf(weights);
    }
  }

  /**
   * How many rows a slice has.
   *
   * @param rows that were looked at
   * @param units groups, or rows where there are no groups
   * @param small whether they are too few to say anything
   */
  public record Size(long rows, int units, boolean small) {}

  /**
   * A slice's mean weights against those of all other rows.
   *
   * @param distance the share of the weight that lies on other experts: half the sum of the
   *     differences' absolute values (total variation), 0 to 1
   * @param chance what it would be by chance; empty if too few rows are tested
   */
  public record Shift(double distance, Optional<Chance> chance) {}

  /**
   * How far a slice would be from the others by chance.
   *
   * @param distance the mean where rows are dealt out to slices at random
   * @param p how probable it is that among those of all gates and slices one stands out so far
   */
  public record Chance(double distance, double p) {}

  /** An expert's mean weight over all rows that are not in a slice; NaN if there are none. */
  double elsewhere(Slice slice, int expert) {
    double sum = -slice.weights().get(expert) * slice.size().rows();
    long rows = -slice.size().rows();
    for (Slice any : slices) {
      sum += any.weights().get(expert) * any.size().rows();
      rows += any.size().rows();
    }
    return sum / rows;
  }

  /** The expert that a slice takes most more of than the other rows do. */
  int gained(Slice slice) {
    int most = 0;
    for (int e = 1; e < experts.size(); e++) {
      if (gain(slice, e) > gain(slice, most)) {
        most = e;
      }
    }
    return most;
  }

  private double gain(Slice slice, int expert) {
    return slice.weights().get(expert) - elsewhere(slice, expert);
  }
}
