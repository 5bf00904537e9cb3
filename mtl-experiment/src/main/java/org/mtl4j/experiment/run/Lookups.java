package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.JoinedTable;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.task.Columns;
import org.mtl4j.experiment.config.LookupChoice;
import org.mtl4j.experiment.config.LookupConfig;

/** Finds the tables that {@code data.lookups} names, and what rows get from each. */
final class Lookups {
  private final Registry<LookupTable> tables;

  Lookups(Registry<LookupTable> tables) {
    this.tables = tables;
  }

  /**
   * The tables, in the order of their entries.
   *
   * @throws MtlException with everything that is wrong: a table that is not there, or lacks a
   *     column
   */
  List<JoinedTable> of(Map<String, Choice> entries) {
    Problems problems = new Problems();
    List<JoinedTable> found = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          try {
            LookupChoice.of(entry, problems)
                .flatMap(lookup -> joined(name, lookup, problems))
                .ifPresent(found::add);
          } catch (MtlException e) {
            problems.addAll(JoinedTable.placed(name, e).problems());
          }
        });
    problems.throwIfAny();
    return found;
  }

  /**
   * What rows got, of entries whose tables were found to fit.
   *
   * @param rows the columns of rows that have it, which are of the tables' types
   */
  static List<LookupSpec> specs(Map<String, Choice> entries, Columns rows) {
    Problems problems = new Problems();
    List<LookupSpec> specs = new ArrayList<>();
    entries.forEach(
        (name, entry) ->
            LookupChoice.of(entry, problems)
                .ifPresent(lookup -> specs.add(spec(name, lookup.config(), rows))));
    problems.throwIfAny();
    return specs;
  }

  private Optional<JoinedTable> joined(String name, LookupChoice lookup, Problems problems) {
    Optional<LookupTable> table =
        tables.resolve(lookup.table(), problems).map(Registry.Resolved::value);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Columns columns = table.get().columns();
    LookupConfig config = lookup.config();
    String here = "data.lookups." + name;
    int before = problems.size();
    check(config.key(), columns, here + ".key", problems);
    config.columns().forEach(column -> check(column, columns, here + ".columns", problems));
    if (problems.size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JoinedTable(spec(name, config, columns), table.get()));
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.CONFIG_VALUE, here + ".defaults", e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private static void check(String column, Columns columns, String where, Problems problems) {
    if (!columns.contains(column)) {
      problems.add(
          new Problem(
              ErrorCode.COLUMN_MISSING,
              where,
              "The lookup's table has no column \"" + column + "\".",
              Nearest.hint(column, columns.names())));
    }
  }

  private static LookupSpec spec(String name, LookupConfig config, Columns columns) {
    return new LookupSpec(
        name,
        config.ids(),
        config.key(),
        config.columns().stream()
            .map(
                column ->
                    new LookupSpec.Column(
                        column,
                        columns.all().get(columns.indexOf(column)).type(),
                        Optional.ofNullable(config.defaults().get(column))))
            .toList(),
        config.timeoutMs());
  }
}
