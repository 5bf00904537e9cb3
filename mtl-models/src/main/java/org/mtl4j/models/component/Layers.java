package org.mtl4j.models.component;

import java.util.List;

/** Checks of layer lists, with the key that a user wrote. */
public final class Layers {
  /** Wider than any network in use; a number beyond it is a slip of the finger. */
  private static final int WIDEST = 1 << 20;

  /** Each layer is operations in the graph, a pass and an expert or a task. */
  private static final int MOST = 100;

  private Layers() {}

  /**
   * A copy of the widths.
   *
   * @throws IllegalArgumentException if one is below 1 or above 1,048,576, or they are more than
   *     100
   */
  public static List<Integer> checked(String key, List<Integer> widths) {
    if (widths.size() > MOST) {
      throw new IllegalArgumentException(
          key + ": expected at most " + MOST + " layers, found " + widths.size());
    }
    for (int width : widths) {
      if (width < 1 || width > WIDEST) {
        throw new IllegalArgumentException(
            "%s: expected widths from 1 to %d, found %s".formatted(key, WIDEST, widths));
      }
    }
    return List.copyOf(widths);
  }

  /**
   * A copy of the widths, at least one.
   *
   * @throws IllegalArgumentException if there is none, or as {@link #checked} says
   */
  public static List<Integer> atLeastOne(String key, List<Integer> widths) {
    if (widths.isEmpty()) {
      throw new IllegalArgumentException(key + ": expected at least one layer, found none");
    }
    return checked(key, widths);
  }

  /**
   * The rate.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public static double dropout(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout: expected a number of at least 0 and below 1, found " + rate);
    }
    return rate;
  }
}
