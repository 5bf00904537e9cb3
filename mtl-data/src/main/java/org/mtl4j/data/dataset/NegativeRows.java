package org.mtl4j.data.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.TextColumn;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.Columns;

/**
 * Puts drawn rows behind the rows that they are drawn for. A row's draws follow from the seed and
 * its record: several passes agree, whatever their blocks.
 */
final class NegativeRows {
  private final NegativePlan plan;
  private final Supplier<DomainItems> items;
  private final Seed seed;
  private final int[] labels;
  private final Map<Integer, BoundExpression> derived = new LinkedHashMap<>();

  /**
   * Draws among known items.
   *
   * @param items asked for when the first rows are; that may read all rows
   * @param columns of the rows, derived ones included
   */
  NegativeRows(NegativePlan plan, Supplier<DomainItems> items, Seed seed, Columns columns) {
    this.plan = plan;
    this.items = items;
    this.seed = seed;
    this.labels = plan.labels(columns);
    plan.derived()
        .forEach(
            (name, expression) -> derived.put(columns.indexOf(name), expression.bind(columns)));
  }

  /** Has the items read that it draws among, before a pass does: not two at a time. */
  void bind() {
    Objects.requireNonNull(items.get());
  }

  /** How many rows a row becomes at most. */
  int factor() {
    return 1 + plan.rule().perPositive();
  }

  /** Rows, each followed by those that are drawn for it. */
  RawBatch behind(RawBatch rows) {
    List<Integer> origins = new ArrayList<>();
    List<Object[]> drawn = new ArrayList<>();
    for (int row = 0; row < rows.rowCount(); row++) {
      origins.add(row);
      drawn.add(null);
      SplittableRandom random = new SplittableRandom(seed.indexed(rows.record(row)));
      for (Object[] found : items.get().draw(rows, row, plan.rule().perPositive(), random)) {
        origins.add(row);
        drawn.add(found);
      }
    }
    RawBatch copies = rows.select(origins.stream().mapToInt(Integer::intValue).toArray());
    boolean[] marks = new boolean[drawn.size()];
    for (int row = 0; row < marks.length; row++) {
      marks[row] = drawn.get(row) != null;
    }
    return filled(copies, drawn).withDrawn(new DrawnRows(marks, plan.tasks()));
  }

  private RawBatch filled(RawBatch copies, List<Object[]> drawn) {
    Map<Integer, Object> values = new HashMap<>();
    for (int label : labels) {
      values.put(label, replaced(copies.values(label), drawn, -1));
    }
    int[] columns = items.get().columns();
    for (int c = 0; c < columns.length; c++) {
      values.put(columns[c], replaced(copies.values(columns[c]), drawn, c));
    }
    RawBatch rows = copies.withValues(values);
    Map<Integer, Object> again = new HashMap<>();
    derived.forEach((column, of) -> again.put(column, DerivedColumns.values(of, rows)));
    return rows.withValues(again);
  }

  /** A column in which drawn rows have their item's value, or none where it is not the item's. */
  private Object replaced(Object values, List<Object[]> drawn, int column) {
    if (values instanceof double[] numbers) {
      double[] copy = numbers.clone();
      for (int row = 0; row < copy.length; row++) {
        if (drawn.get(row) != null) {
          copy[row] = column < 0 ? Double.NaN : (Double) drawn.get(row)[column];
        }
      }
      return copy;
    }
    String[] copy =
        values instanceof TextColumn texts
            ? texts.texts(drawn.size())
            : ((String[]) values).clone();
    for (int row = 0; row < copy.length; row++) {
      if (drawn.get(row) != null) {
        copy[row] = column < 0 ? null : (String) drawn.get(row)[column];
      }
    }
    return copy;
  }

  /** All that the draws follow from, but for the rows. */
  @Override
  public String toString() {
    return plan + ", seed " + seed.value();
  }
}
