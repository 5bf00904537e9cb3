package org.mtl4j.core.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/** The columns of a source: names in order, each with its type. Immutable. */
public final class Columns {
  /**
   * One column.
   *
   * @param name its name, unique in the source
   * @param type what is known of its values
   */
  public record Column(String name, ColumnType type) {}

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.-]*");

  private final List<Column> columns;
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  /**
   * Columns in order.
   *
   * @throws MtlException if a name stands twice
   */
  public Columns(List<Column> columns) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      if (indices.put(columns.get(i).name(), i) != null) {
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "",
                "The column \"" + columns.get(i).name() + "\" stands twice in the source.",
                "Give each column a name of its own."));
      }
    }
  }

  /** Columns of one type. */
  public static Columns of(ColumnType type, List<String> names) {
    return new Columns(names.stream().map(n -> new Column(n, type)).toList());
  }

  /** These columns followed by {@code more}. */
  public Columns and(List<Column> more) {
    List<Column> all = new java.util.ArrayList<>(columns);
    all.addAll(more);
    return new Columns(all);
  }

  /** The columns in order. */
  public List<Column> all() {
    return columns;
  }

  /** The names in order. */
  public List<String> names() {
    return List.copyOf(indices.keySet());
  }

  /** How many columns there are. */
  public int size() {
    return columns.size();
  }

  /** Whether there is a column of that name. */
  public boolean contains(String name) {
    return indices.containsKey(name);
  }

  /**
   * The position of a column.
   *
   * @throws MtlException with the nearest name if there is none
   */
  public int indexOf(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new MtlException(missing(name));
    }
    return index;
  }

  /** The problem that says that there is no such column. */
  public Problem missing(String name) {
    return new Problem(
        ErrorCode.COLUMN_MISSING, "", "The source has no column \"" + name + "\".", hint(name));
  }

  /**
   * What to do about a column that is not there: the nearest name, or all of them. One column whose
   * name is no word is most likely a whole header, split by the wrong delimiter.
   */
  String hint(String name) {
    if (columns.size() == 1 && !WORD.matcher(names().get(0)).matches()) {
      return "Its only column is \"%s\": if these are several, set data.source.delimiter."
          .formatted(Excerpt.of(names().get(0)));
    }
    return Nearest.hint(name, names());
  }
}
