package org.mtl4j.models;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.schema.FeatureGroup;

/**
 * Where a group's features lie in a row of the small problem: tables of width 2 first, hour and
 * tags, then those of width 4, user, item and last item; then the numbers, age, and price with its
 * indicator.
 */
public final class Places {
  private static final Map<FeatureGroup, int[][]> OF =
      Map.of(
          FeatureGroup.CONTEXT, new int[][] {{0, 2}},
          FeatureGroup.ITEM, new int[][] {{2, 4}, {8, 12}, {17, 19}},
          FeatureGroup.USER, new int[][] {{4, 8}, {12, 16}, {16, 17}});

  private Places() {}

  /** The groups' features of a row, group by group. */
  public static double[] of(double[] x, FeatureGroup... groups) {
    return Arrays.stream(groups)
        .flatMap(group -> Arrays.stream(OF.get(group)))
        .flatMapToDouble(place -> Arrays.stream(x, place[0], place[1]))
        .toArray();
  }

  /** Arrays one behind the other. */
  public static double[] join(double[]... parts) {
    return List.of(parts).stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
