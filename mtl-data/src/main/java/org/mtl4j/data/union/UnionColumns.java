package org.mtl4j.data.union;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/** The columns of several sources as those of one. */
final class UnionColumns {
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** A column's type so far, and the domain that says so. */
  private record Found(ColumnType type, String domain) {}

  private UnionColumns() {}

  /**
   * The domain's column, and behind it every column of every domain, in the order in which they
   * come.
   *
   * @throws MtlException of code DATA_FORMAT for every column that holds numbers in one domain and
   *     text in another, and for one that has the name of the domain's column
   */
  static Columns of(String column, Map<String, BatchSource> domains) {
    UnionColumns columns = new UnionColumns();
    domains.forEach((name, source) -> columns.add(column, name, source.columns()));
    if (!columns.problems.isEmpty()) {
      throw new MtlException(columns.problems);
    }
    List<Columns.Column> all = new ArrayList<>();
    all.add(new Columns.Column(column, ColumnType.TEXT));
    columns.found.forEach((name, f) -> all.add(new Columns.Column(name, f.type())));
    return new Columns(all);
  }

  private void add(String domainColumn, String domain, Columns columns) {
    if (columns.contains(domainColumn)) {
      problems.add(
          new Problem(
              ErrorCode.DATA_FORMAT,
              UnionConfig.place(domain),
              "The source has a column \"%s\", and the domain's name is to stand there."
                  .formatted(Excerpt.of(domainColumn)),
              "Give the domain's column another name by data.source.column."));
    }
    for (Columns.Column column : columns.all()) {
      found.merge(
          column.name(),
          new Found(column.type(), domain),
          (before, now) -> both(column.name(), before, now));
    }
  }

  private Found both(String column, Found before, Found now) {
    if (before.type() == now.type() || before.type() == ColumnType.UNTYPED) {
      return before;
    }
    if (now.type() == ColumnType.UNTYPED) {
      return now;
    }
    problems.add(
        new Problem(
            ErrorCode.DATA_FORMAT,
            UnionConfig.place(now.domain()),
            "The column \"%s\" holds %s in the domain \"%s\": expected that here too, found %s."
                .formatted(
                    Excerpt.of(column), words(before.type()), before.domain(), words(now.type())),
            "Give one of them another name, or cast it, by a source of type sql."));
    return before;
  }

  private static String words(ColumnType type) {
    return type == ColumnType.NUMBER ? "numbers" : "text";
  }
}
