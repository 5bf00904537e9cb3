package org.mtl4j.models.component;

import java.util.List;

/** Checks of layer lists, with the key that a user wrote. */
public final class Layers {
  private Layers() {}

  /**
   * A copy of the widths.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public static List<Integer> checked(String key, List<Integer> widths) {
    for (int width : widths) {
      if (width < 1) {
        throw new IllegalArgumentException(
            key + ": expected widths of at least 1, found " + widths);
      }
    }
    return List.copyOf(widths);
  }

  /**
   * A copy of the widths, at least one.
   *
   * @throws IllegalArgumentException if there is none, or one is below 1
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
