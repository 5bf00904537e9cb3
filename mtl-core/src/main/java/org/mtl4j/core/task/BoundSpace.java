package org.mtl4j.core.task;

import java.util.Optional;

/**
 * A sample space over a source's columns. Stateless: safe from any thread.
 *
 * @param where true inside; empty: everywhere
 * @param window how old a row has to be; empty: of any age
 * @param age position of the column {@link LabelWindow#AGE}; not looked at without a window
 */
public record BoundSpace(
    Optional<BoundExpression> where, Optional<LabelWindow> window, Optional<Integer> age) {
  /**
   * Binds a sample space.
   *
   * @throws org.mtl4j.core.error.MtlException if {@code where} does not fit the columns, or the age
   *     of rows is not among them
   */
  public static BoundSpace of(SampleSpace space, Columns columns) {
    return new BoundSpace(
        space.where().map(where -> where.bindNumber(columns)),
        space.window(),
        space.window().map(window -> columns.indexOf(LabelWindow.AGE)));
  }

  /** Whether the task speaks about a row, and its label is known. */
  public boolean contains(Rows rows, int row) {
    return isInside(rows, row) && isKnown(rows, row);
  }

  /** Whether the task speaks about a row, known or not. */
  public boolean isInside(Rows rows, int row) {
    return where.isEmpty() || where.get().isTrue(rows, row);
  }

  /** Whether a row is old enough for its label to be known. */
  public boolean isKnown(Rows rows, int row) {
    return window.isEmpty() || window.get().isKnown(rows.number(age.orElseThrow(), row));
  }
}
