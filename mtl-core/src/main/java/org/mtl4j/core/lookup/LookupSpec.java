package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Decimals;

/**
 * What rows get from a lookup. An export's manifest has it as it is, so that it holds no path, URL
 * or user.
 *
 * @param name of the lookup
 * @param column of the rows, with their ids
 * @param key the table's column with the ids
 * @param columns that rows get
 * @param timeoutMs how many milliseconds a request waits for an answer at most
 */
public record LookupSpec(
    String name, String column, String key, List<Column> columns, int timeoutMs) {
  private static final String FOUND = "_found";

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a request cannot wait so long
   */
  public LookupSpec {
    if (timeoutMs < 1) {
      throw new IllegalArgumentException("timeout_ms: expected at least 1, found " + timeoutMs);
    }
    columns = List.copyOf(columns);
  }

  /**
   * A column that rows get.
   *
   * @param name in the table and in the rows
   * @param type of its values
   * @param byDefault the value of an id that has no entry, or that nobody answered for; empty:
   *     missing
   */
  public record Column(String name, ColumnType type, Optional<String> byDefault) {
    /**
     * Checks the default.
     *
     * @throws IllegalArgumentException if a column of numbers has text for it
     */
    public Column {
      if (type == ColumnType.NUMBER && byDefault.filter(d -> !Decimals.isNumber(d)).isPresent()) {
        throw new IllegalArgumentException(
            "defaults: expected a number for \"%s\", found \"%s\""
                .formatted(name, byDefault.get()));
      }
    }
  }

  /** The column that says whether a row's id has an entry: 1 or 0; missing where the id is. */
  public String found() {
    return name + FOUND;
  }

  /** The columns that rows get, {@link #found} behind the others. */
  public List<Columns.Column> given() {
    List<Columns.Column> given = new ArrayList<>();
    columns.forEach(column -> given.add(new Columns.Column(column.name(), column.type())));
    given.add(new Columns.Column(found(), ColumnType.NUMBER));
    return given;
  }

  /** Whether rows get a column of that name. */
  public boolean gives(String name) {
    return given().stream().anyMatch(one -> one.name().equals(name));
  }

  /**
   * The columns that rows lack and get: none if they lack the ids. A column that is there already
   * stays as it is.
   */
  public List<Columns.Column> lacking(Columns rows) {
    return rows.contains(column)
        ? given().stream().filter(one -> !rows.contains(one.name())).toList()
        : List.of();
  }

  /** What is said of rows whose ids have no entry, if there are any. */
  Optional<String> orphans(long orphans, long rows) {
    return orphans == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d rows have a \"%s\" without an entry in the lookup \"%s\": they got its"
                    + " defaults.",
                orphans,
                rows,
                column,
                name));
  }
}
