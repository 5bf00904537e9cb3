package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;

/**
 * Which rows are cold: their value of a column, a user's or an item's id, is in no training row. A
 * row without a value is as cold as all others without one. A row that was drawn is as cold as the
 * row that it was drawn for. The training values are held, those of all columns in a quarter of the
 * heap at most.
 */
final class ColdRows {
  private static final String KEY = "evaluation.cold";
  private static final double HEAP_SHARE = 0.25;

  private final List<Column> columns;
  private final HeapShare heap;

  private ColdRows(List<Column> columns, HeapShare heap) {
    this.columns = columns;
    this.heap = heap;
  }

  /** A column and what training rows hold there; null is a value. */
  private record Column(String name, int index, Set<String> seen) {
    void observe(RawBatch rows, HeapShare heap) {
      for (int row = 0; row < rows.rowCount(); row++) {
        String value = rows.text(index, row);
        if (seen.add(value) && !heap.takeText(value == null ? "" : value)) {
          throw heap.refusal(
              KEY,
              String.format(
                  Locale.ROOT,
                  "remembering %,d different values of \"%s\" takes",
                  seen.size(),
                  name),
              "Leave " + name + " out of it.");
        }
      }
    }

    LabelColumn marks(RawBatch rows) {
      float[] cold = new float[rows.rowCount()];
      Optional<boolean[]> drawn = rows.drawn().map(DrawnRows::rows);
      for (int row = 0; row < cold.length; row++) {
        // Drawn items are all warm: apart from their row, they would leave cold ones no rival.
        cold[row] =
            drawn.isPresent() && drawn.get()[row]
                ? cold[row - 1]
                : seen.contains(rows.text(index, row)) ? 0 : 1;
      }
      boolean[] all = new boolean[cold.length];
      Arrays.fill(all, true);
      return new LabelColumn(cold, all, new float[cold.length]);
    }
  }

  /**
   * Checks that the columns are there.
   *
   * @throws MtlException COLUMN_MISSING if one is not
   */
  static void check(List<String> names, Columns columns) {
    bind(names, columns);
  }

  /**
   * Rows of which no training row is known yet.
   *
   * @param names of the columns
   * @throws MtlException COLUMN_MISSING if one is not there
   */
  static ColdRows of(List<String> names, Columns columns) {
    return of(names, columns, HeapShare.of(HEAP_SHARE));
  }

  /** As {@link #of(List, Columns)}, with a share of the heap for the values. */
  static ColdRows of(List<String> names, Columns columns, HeapShare heap) {
    return new ColdRows(bind(names, columns), heap);
  }

  /** Whether there is a column to look at. */
  boolean areNamed() {
    return !columns.isEmpty();
  }

  /**
   * Looks at training rows.
   *
   * @throws MtlException MEMORY if there are more different values than the heap's share holds
   */
  void observe(RawBatch rows) {
    columns.forEach(column -> column.observe(rows, heap));
  }

  private static List<Column> bind(List<String> names, Columns columns) {
    List<Column> bound = new ArrayList<>();
    try {
      names.forEach(name -> bound.add(new Column(name, columns.indexOf(name), new HashSet<>())));
    } catch (MtlException e) {
      throw e.at(KEY);
    }
    return bound;
  }

  /**
   * The labels of a block and a mark for each column: 1 where the row is cold. Marks stand among
   * the labels, under names that no output has, so that rows keep them wherever they are kept.
   */
  Map<String, LabelColumn> mark(RawBatch rows, Map<String, LabelColumn> labels) {
    Map<String, LabelColumn> marked = new LinkedHashMap<>(labels);
    columns.forEach(column -> marked.put(key(column.name()), column.marks(rows)));
    return marked;
  }

  private static String key(String column) {
    return "cold " + column;
  }

  /**
   * The labels of some rows, the others without a say.
   *
   * @param cold whether of the rows that are cold by the column, or of the warm ones
   */
  static Map<String, LabelColumn> only(
      boolean cold, String column, Map<String, LabelColumn> labels) {
    float[] marks = labels.get(key(column)).labels();
    Map<String, LabelColumn> only = new LinkedHashMap<>();
    labels.forEach(
        (name, values) -> {
          boolean[] mask = values.mask().clone();
          for (int row = 0; row < mask.length; row++) {
            mask[row] &= marks[row] == (cold ? 1 : 0);
          }
          only.put(name, values.withMask(mask));
        });
    return only;
  }
}
