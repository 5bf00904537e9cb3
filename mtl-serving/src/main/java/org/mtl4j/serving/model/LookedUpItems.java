package org.mtl4j.serving.model;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.lookup.RequestLookups;
import org.mtl4j.core.task.Columns;
import org.mtl4j.serving.catalogue.ItemCatalogue;

/** The items of a catalogue with the columns that lookups give them. */
final class LookedUpItems {
  /** As many as a request may have: a lookup's time is that of a request. */
  private static final int BLOCK = 1024;

  private LookedUpItems() {}

  static ItemCatalogue of(ItemCatalogue catalogue, RequestLookups lookups) {
    RawBatch rows = catalogue.rows();
    List<Columns.Column> more = new ArrayList<>();
    lookups.specs().forEach(spec -> more.addAll(spec.lacking(rows.columns().and(more))));
    if (more.isEmpty()) {
      return catalogue;
    }
    List<Object> values = new ArrayList<>();
    for (int from = 0; from < rows.rowCount(); from += BLOCK) {
      int[] block = new int[Math.min(BLOCK, rows.rowCount() - from)];
      for (int i = 0; i < block.length; i++) {
        block[i] = from + i;
      }
      RawBatch filled = lookups.fill(rows.select(block));
      for (int c = 0; c < more.size(); c++) {
        int column = filled.columns().indexOf(more.get(c).name());
        if (values.size() <= c) {
          values.add(
              filled.values(column) instanceof double[]
                  ? new double[rows.rowCount()]
                  : new String[rows.rowCount()]);
        }
        copy(filled, column, values.get(c), from);
      }
    }
    return catalogue.with(new Columns(more), values);
  }

  private static void copy(RawBatch block, int column, Object into, int from) {
    for (int row = 0; row < block.rowCount(); row++) {
      if (into instanceof double[] numbers) {
        numbers[from + row] = block.number(column, row);
      } else {
        ((String[]) into)[from + row] = block.text(column, row);
      }
    }
  }
}
