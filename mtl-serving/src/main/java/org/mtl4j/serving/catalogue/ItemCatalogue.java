package org.mtl4j.serving.catalogue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;

/**
 * Items by id, with their columns, in memory: what requests name candidates by. It is read once and
 * never changes; a newer one takes its place as a whole. Safe for several threads.
 */
public final class ItemCatalogue {
  private final String id;
  private final RawBatch rows;
  private final Map<String, Integer> positions;
  private final int[] places;

  /**
   * A catalogue of rows.
   *
   * @param positions by id its row
   */
  ItemCatalogue(String id, RawBatch rows, Map<String, Integer> positions) {
    this(id, rows, positions, places(rows, rows.columns().indexOf(id)));
  }

  private ItemCatalogue(String id, RawBatch rows, Map<String, Integer> positions, int[] places) {
    this.id = id;
    this.rows = rows;
    this.positions = positions;
    this.places = places;
  }

  private static int[] places(RawBatch rows, int column) {
    int[] places = new int[rows.rowCount()];
    int[] byId =
        IntStream.range(0, places.length)
            .boxed()
            .sorted((a, b) -> rows.text(column, a).compareTo(rows.text(column, b)))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int place = 0; place < byId.length; place++) {
      places[byId[place]] = place;
    }
    return places;
  }

  /**
   * Reads all items of a source.
   *
   * @param id the column with their ids
   * @throws MtlException COLUMN_MISSING if there is no such column; NO_ROWS if there are no items;
   *     DATA_VALUE, naming each up to ten, if an item has no id or that of an earlier one
   */
  public static ItemCatalogue load(BatchSource source, String id) {
    return new CatalogueReader(source, id).read();
  }

  /**
   * The same items with more columns.
   *
   * @param values an array for each, as rows have them
   */
  public ItemCatalogue with(Columns more, List<Object> values) {
    return new ItemCatalogue(id, rows.with(more, values), positions, places);
  }

  /** The column with the ids. */
  public String id() {
    return id;
  }

  /** How many items there are. */
  public int size() {
    return rows.rowCount();
  }

  /** All items, in the source's order. */
  public RawBatch rows() {
    return rows;
  }

  /** The row of an item; empty if there is none of that id. */
  public OptionalInt position(String item) {
    Integer position = positions.get(item);
    return position == null ? OptionalInt.empty() : OptionalInt.of(position);
  }

  /** The id of a row. */
  public String idAt(int position) {
    return rows.text(rows.columns().indexOf(id), position);
  }

  /** The place of a row among all in the order of their ids. */
  public int placeById(int position) {
    return places[position];
  }

  /** The ids, in the source's order. */
  public List<String> ids() {
    int column = rows.columns().indexOf(id);
    return IntStream.range(0, size()).mapToObj(row -> rows.text(column, row)).toList();
  }
}
