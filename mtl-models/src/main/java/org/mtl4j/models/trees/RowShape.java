package org.mtl4j.models.trees;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedList;

/**
 * Where encoded rows have what trees look at.
 *
 * @param singles per id column of one id a row the ids of its table
 * @param dense number of dense inputs
 * @param lists the lists, in order
 */
record RowShape(List<Integer> singles, int dense, List<Ids> lists) {
  /** Copies the lists. */
  RowShape {
    singles = List.copyOf(singles);
    lists = List.copyOf(lists);
  }

  /**
   * The ids of a list.
   *
   * @param first its first id column
   * @param length how many it has
   * @param weights its first column among the dense ones, of its weights; {@link #NONE}: none
   * @param table the ids of its table
   */
  record Ids(int first, int length, int weights, int table) {
    static final int NONE = -1;
  }

  static RowShape of(FeaturePipeline pipeline) {
    List<Integer> singles =
        pipeline.idColumns().stream().map(column -> column.table().rows()).toList();
    List<Ids> lists = new ArrayList<>();
    int first = singles.size();
    int weights = pipeline.denseWidth();
    for (FittedList list : pipeline.lists()) {
      int table = list.values().tables().get(0).rows();
      boolean weighted = list.weightWidth() > 0;
      lists.add(new Ids(first, list.length(), weighted ? weights : Ids.NONE, table));
      first += list.length();
      weights += list.weightWidth();
    }
    return new RowShape(singles, pipeline.denseWidth(), lists);
  }

  /** Where ids come from: each id column of one a row, and each list. */
  int sources() {
    return singles.size() + lists.size();
  }

  /** The ids of a source's table. */
  int table(int source) {
    return source < singles.size()
        ? singles.get(source)
        : lists.get(source - singles.size()).table();
  }
}
