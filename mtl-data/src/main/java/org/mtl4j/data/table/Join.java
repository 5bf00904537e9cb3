package org.mtl4j.data.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.mtl4j.data.memory.HeapShare;

/**
 * A table made of another: columns of its rows as they are or rewritten, and columns of small
 * tables that are looked up by a key of the row. A key that is in no row of the small table gives
 * missing values. Rows stream; the small tables are in memory during a pass, together in at most
 * half of the heap.
 */
public final class Join implements Table {
  private static final double SHARE = 0.5;

  private final Table rows;
  private final List<Path> files;
  private final List<String> columns;
  private final List<Part> parts;

  private Join(Builder builder) {
    this.rows = builder.rows;
    this.files = List.copyOf(builder.files);
    this.columns = List.copyOf(builder.columns);
    this.parts = List.copyOf(builder.parts);
  }

  /** Columns of the result, made anew for each pass. */
  private interface Part {
    Filler open(HeapShare heap);
  }

  /** Writes its columns of one row. */
  private interface Filler {
    void fill(String[] row, String[] out);
  }

  /** Starts with a table and none of its columns. */
  public static Builder of(Table rows) {
    return new Builder(rows);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public RecordReader open() {
    HeapShare heap = HeapShare.of(SHARE);
    List<Filler> fillers = parts.stream().map(part -> part.open(heap)).toList();
    return rows.open()
        .map(
            row -> {
              String[] out = new String[columns.size()];
              fillers.forEach(filler -> filler.fill(row, out));
              return out;
            });
  }

  /** Collects the columns of the result, in their order. */
  public static final class Builder {
    private final Table rows;
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> columns = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    private Builder(Table rows) {
      this.rows = rows;
      this.files.addAll(rows.files());
    }

    /** All columns of the rows that are not there yet, under their own names. */
    public Builder rest() {
      return columns(rows.columns().stream().filter(name -> !columns.contains(name)).toList());
    }

    /** Columns of the rows under their own names. */
    public Builder columns(List<String> names) {
      names.forEach(this::column);
      return this;
    }

    /** A column of the rows under its own name. */
    public Builder column(String name) {
      return column(name, name, UnaryOperator.identity());
    }

    /**
     * A column of the rows, rewritten.
     *
     * @param name in the result
     * @param from in the rows
     * @param rewrite of a value without blanks around it; not asked where that is missing
     */
    public Builder column(String name, String from, UnaryOperator<String> rewrite) {
      int source = index(from);
      int target = add(name);
      parts.add(
          heap ->
              (row, out) -> {
                String value = Lookup.clean(row[source]);
                out[target] = value == null ? null : rewrite.apply(value);
              });
      return this;
    }

    /**
     * All columns but the key of a small table, of the first of its rows that has the row's key.
     *
     * @param table the small table
     * @param key the column with the key, in the rows and in the small table
     * @param name in the result of a column of the small table
     */
    public Builder join(Table table, String key, UnaryOperator<String> name) {
      int source = index(key);
      List<String> wanted = table.columns().stream().filter(c -> !c.equals(key)).toList();
      int first = columns.size();
      wanted.forEach(column -> add(name.apply(column)));
      files.addAll(table.files());
      parts.add(
          heap -> {
            Map<String, String[]> lookup = Lookup.rows(table, key, wanted, heap);
            return (row, out) -> {
              String[] values = lookup.get(Lookup.clean(row[source]));
              if (values != null) {
                System.arraycopy(values, 0, out, first, values.length);
              }
            };
          });
      return this;
    }

    /**
     * A column of lists: the different values that a small table has for a key, between bars.
     *
     * @param name in the result
     * @param table the small table
     * @param key the column with the key, in the rows and in the small table
     * @param value the small table's column with one of the values
     */
    public Builder list(String name, Table table, String key, String value) {
      int source = index(key);
      int target = add(name);
      files.addAll(table.files());
      parts.add(
          heap -> {
            Map<String, String> lists = Lookup.lists(table, key, value, heap);
            return (row, out) -> out[target] = lists.get(Lookup.clean(row[source]));
          });
      return this;
    }

    /** The table. */
    public Join build() {
      return new Join(this);
    }

    private int add(String name) {
      if (columns.contains(name)) {
        throw new IllegalStateException("the column " + name + " is there already");
      }
      columns.add(name);
      return columns.size() - 1;
    }

    private int index(String column) {
      int index = rows.columns().indexOf(column);
      if (index < 0) {
        throw new IllegalStateException(rows.columns() + " lack " + column);
      }
      return index;
    }
  }
}
