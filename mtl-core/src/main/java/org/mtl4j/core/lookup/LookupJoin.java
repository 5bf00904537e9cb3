package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Decimals;

/** Gives rows the columns of a lookup that they lack, asking once for each different id. */
final class LookupJoin {
  private static final int NO_ID = -1;

  private final LookupSpec spec;
  private final Function<List<String>, Optional<LookupEntries>> finder;

  /**
   * A join.
   *
   * @param finder the entries of different ids, at least one; empty if nobody answered
   */
  LookupJoin(LookupSpec spec, Function<List<String>, Optional<LookupEntries>> finder) {
    this.spec = spec;
    this.finder = finder;
  }

  /**
   * What came of a block.
   *
   * @param rows with the columns that they lacked
   * @param ids how many of them have an id that was asked for
   * @param orphans how many of those have no entry, if there was an answer
   */
  record Joined(RawBatch rows, int ids, int orphans) {}

  /** The different ids of a block, and per row the position of its own. */
  private record Ids(List<String> different, int[] ofRow) {
    static Ids of(RawBatch rows, int column) {
      Map<String, Integer> positions = new LinkedHashMap<>();
      int[] ofRow = new int[rows.rowCount()];
      for (int row = 0; row < ofRow.length; row++) {
        String id = rows.text(column, row);
        Integer next = positions.size();
        Integer position = id == null ? Integer.valueOf(NO_ID) : positions.putIfAbsent(id, next);
        ofRow[row] = position == null ? next : position;
      }
      return new Ids(List.copyOf(positions.keySet()), ofRow);
    }

    int count() {
      return (int) Arrays.stream(ofRow).filter(id -> id != NO_ID).count();
    }
  }

  /** The rows, with every column of the lookup that they lack. */
  Joined fill(RawBatch rows) {
    List<Columns.Column> lacking = spec.lacking(rows.columns());
    if (lacking.isEmpty()) {
      return new Joined(rows, 0, 0);
    }
    Ids ids = Ids.of(rows, rows.columns().indexOf(spec.column()));
    Optional<LookupEntries> entries =
        ids.different().isEmpty() ? Optional.empty() : finder.apply(ids.different());
    int[] entryOf = new int[rows.rowCount()];
    int orphans = 0;
    for (int row = 0; row < entryOf.length; row++) {
      int id = ids.ofRow()[row];
      entryOf[row] = id == NO_ID ? -1 : entries.map(found -> found.rowOf(id)).orElse(-1);
      orphans += id != NO_ID && entries.isPresent() && entryOf[row] < 0 ? 1 : 0;
    }
    List<Object> values = new ArrayList<>();
    for (Columns.Column column : lacking) {
      values.add(
          column.name().equals(spec.found())
              ? found(ids, entryOf)
              : values(column, entries.map(LookupEntries::rows), entryOf));
    }
    return new Joined(rows.with(new Columns(lacking), values), ids.count(), orphans);
  }

  private static double[] found(Ids ids, int[] entryOf) {
    double[] found = new double[entryOf.length];
    for (int row = 0; row < found.length; row++) {
      found[row] = ids.ofRow()[row] == NO_ID ? Double.NaN : entryOf[row] < 0 ? 0 : 1;
    }
    return found;
  }

  private Object values(Columns.Column column, Optional<RawBatch> entries, int[] entryOf) {
    boolean any = Arrays.stream(entryOf).anyMatch(entry -> entry >= 0);
    int from = any ? index(column.name(), entries.orElseThrow().columns()) : -1;
    Optional<String> byDefault =
        spec.columns().stream()
            .filter(one -> one.name().equals(column.name()))
            .findFirst()
            .flatMap(LookupSpec.Column::byDefault);
    if (column.type() == ColumnType.NUMBER) {
      double[] numbers = new double[entryOf.length];
      Arrays.fill(numbers, byDefault.map(Decimals::valueOf).orElse(Double.NaN));
      for (int row = 0; row < numbers.length; row++) {
        if (entryOf[row] >= 0) {
          numbers[row] = entries.orElseThrow().number(from, entryOf[row]);
        }
      }
      return numbers;
    }
    String[] texts = new String[entryOf.length];
    Arrays.fill(texts, byDefault.orElse(null));
    for (int row = 0; row < texts.length; row++) {
      if (entryOf[row] >= 0) {
        texts[row] = entries.orElseThrow().text(from, entryOf[row]);
      }
    }
    return texts;
  }

  private int index(String column, Columns entries) {
    if (!entries.contains(column)) {
      throw new MtlException(
          new Problem(
              ErrorCode.COLUMN_MISSING,
              "",
              "The lookup \"%s\" gave entries without the column \"%s\"."
                  .formatted(spec.name(), column),
              "Each entry has every column of the lookup, null where a value is missing."));
    }
    return entries.indexOf(column);
  }
}
