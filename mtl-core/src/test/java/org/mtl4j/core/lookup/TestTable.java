package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/** Items in a Java map; it remembers what it was asked. */
final class TestTable implements LookupTable {
  static final Columns COLUMNS =
      new Columns(
          List.of(
              new Columns.Column("id", ColumnType.UNTYPED),
              new Columns.Column("price", ColumnType.NUMBER),
              new Columns.Column("genre", ColumnType.TEXT)));

  final Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
  final List<List<String>> asked = new ArrayList<>();
  int open;

  TestTable() {
    put("1", 2.5, "a");
    put("2", null, "b");
    put("3", 4, null);
  }

  void put(String id, Number price, String genre) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("price", price);
    entry.put("genre", genre);
    entries.put(id, entry);
  }

  /** Price and genre by the column "item", under the name "items". */
  static LookupSpec spec(int timeoutMs) {
    return new LookupSpec(
        "items",
        "item",
        "id",
        List.of(
            new LookupSpec.Column("price", ColumnType.NUMBER, Optional.of("-1")),
            new LookupSpec.Column("genre", ColumnType.TEXT, Optional.empty())),
        timeoutMs);
  }

  JoinedTable joined() {
    return new JoinedTable(spec(100), this);
  }

  @Override
  public Columns columns() {
    return COLUMNS;
  }

  @Override
  public FeatureLookup open(String key, List<String> columns) {
    open++;
    return new FeatureLookup() {
      @Override
      public LookupEntries find(List<String> ids) {
        asked.add(ids);
        return LookupEntries.of(ids, entries);
      }

      @Override
      public void close() {
        open--;
      }
    };
  }

  @Override
  public String fingerprint() {
    return entries.toString();
  }

  /** Rows of a source as lists of texts. */
  static List<List<String>> rows(BatchSource source, int blockSize) {
    List<List<String>> rows = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> block = cursor.next(blockSize);
          block.isPresent();
          block = cursor.next(blockSize)) {
        rows.addAll(rows(block.get()));
      }
    }
    return rows;
  }

  /** Rows of a block as lists of texts. */
  static List<List<String>> rows(RawBatch block) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < block.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < block.columns().size(); c++) {
        cells.add(block.text(c, row));
      }
      rows.add(cells);
    }
    return rows;
  }

  /** Rows of ids, null for a missing one. */
  static BatchSource items(String... ids) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String id : ids) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("item", id);
      rows.add(row);
    }
    return BatchSource.of(rows);
  }
}
