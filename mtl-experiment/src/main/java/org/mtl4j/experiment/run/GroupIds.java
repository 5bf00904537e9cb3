package org.mtl4j.experiment.run;

import java.util.HashMap;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/** Numbers the groups that {@code evaluation.group_by} names, block after block. */
public final class GroupIds {
  private final int column;
  private final Map<String, Integer> ids = new HashMap<>();
  private int next;

  private GroupIds(int column) {
    this.column = column;
  }

  /**
   * Groups by a column of a source.
   *
   * @throws MtlException COLUMN_MISSING if there is none of that name
   */
  public static GroupIds of(Columns columns, String column) {
    if (!columns.contains(column)) {
      Problem problem = columns.missing(column);
      throw new MtlException(
          new Problem(
              ErrorCode.COLUMN_MISSING, "evaluation.group_by", problem.what(), problem.remedy()));
    }
    return new GroupIds(columns.indexOf(column));
  }

  /** The group of each row; a row without a value is a group of its own. */
  public int[] of(RawBatch rows) {
    int[] groups = new int[rows.rowCount()];
    for (int r = 0; r < groups.length; r++) {
      String name = rows.text(column, r);
      Integer known = name == null ? null : ids.get(name);
      groups[r] = known == null ? next++ : known;
      if (known == null && name != null) {
        ids.put(name, groups[r]);
      }
    }
    return groups;
  }
}
