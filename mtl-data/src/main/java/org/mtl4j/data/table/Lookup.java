package org.mtl4j.data.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.memory.HeapShare;

/** A small table in memory, by a key. Loaded for one pass, and gone with it. */
final class Lookup {
  /** Between the values of a list. */
  private static final String BAR = "|";

  private Lookup() {}

  /** Per key the wanted columns of the first row that has it. */
  static Map<String, String[]> rows(Table table, String key, List<String> wanted, HeapShare heap) {
    int keyColumn = index(table, key);
    int[] columns = wanted.stream().mapToInt(name -> index(table, name)).toArray();
    Map<String, String[]> rows = new HashMap<>();
    try (RecordReader reader = table.open()) {
      for (String[] row = reader.next(); row != null; row = reader.next()) {
        String id = clean(row[keyColumn]);
        if (id == null || rows.containsKey(id)) {
          continue;
        }
        String[] values = new String[columns.length];
        take(heap, id, table, rows.size());
        for (int i = 0; i < columns.length; i++) {
          values[i] = clean(row[columns[i]]);
          if (values[i] != null) {
            take(heap, values[i], table, rows.size());
          }
        }
        rows.put(id, values);
      }
    }
    return rows;
  }

  /** Per key the different values of its rows, in their order, between bars. */
  static Map<String, String> lists(Table table, String key, String value, HeapShare heap) {
    int keyColumn = index(table, key);
    int valueColumn = index(table, value);
    Map<String, List<String>> lists = new HashMap<>();
    try (RecordReader reader = table.open()) {
      for (String[] row = reader.next(); row != null; row = reader.next()) {
        String id = clean(row[keyColumn]);
        String one = clean(row[valueColumn]);
        if (id == null || one == null) {
          continue;
        }
        String text = one.replace(BAR, " ");
        List<String> list = lists.computeIfAbsent(id, k -> new ArrayList<>(1));
        if (!list.contains(text)) {
          take(heap, text, table, lists.size());
          list.add(text);
        }
      }
    }
    Map<String, String> joined = new HashMap<>();
    lists.forEach((id, list) -> joined.put(id, String.join(BAR, list)));
    return joined;
  }

  /** Without blanks around it; null if nothing is left. */
  static String clean(String value) {
    if (value == null) {
      return null;
    }
    String stripped = value.strip();
    return stripped.isEmpty() ? null : stripped;
  }

  private static int index(Table table, String column) {
    int index = table.columns().indexOf(column);
    if (index < 0) {
      throw new IllegalStateException(table.columns() + " lack " + column);
    }
    return index;
  }

  private static void take(HeapShare heap, String text, Table table, int rows) {
    if (!heap.takeText(text)) {
      throw refusal(heap, table, rows);
    }
  }

  private static MtlException refusal(HeapShare heap, Table table, int rows) {
    return heap.refusal(
        table.files().get(0).toString(),
        "the %,d rows to join so far take".formatted(rows),
        "Leave the file out of the folder: its columns are then not joined.");
  }
}
