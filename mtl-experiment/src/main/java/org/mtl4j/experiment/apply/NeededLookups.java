package org.mtl4j.experiment.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.experiment.config.LookupChoice;
import org.mtl4j.experiment.config.LookupConfig;

/**
 * Those of a run's lookups that give what rows lack.
 *
 * @param entries of {@code data.lookups}
 * @param lacking columns that are wanted and not there
 */
record NeededLookups(Map<String, Choice> entries, Set<String> lacking) {
  /** The lookups that give such columns, and those that give the ids of others. */
  static NeededLookups of(Map<String, Choice> lookups, Set<String> lacking) {
    List<String> names = new ArrayList<>(lookups.keySet());
    Collections.reverse(names); // A later one may take its ids from an earlier one.
    Set<String> wanted = new LinkedHashSet<>(lacking);
    Set<String> needed = new LinkedHashSet<>();
    for (String name : names) {
      LookupConfig config = config(lookups.get(name));
      if (!Collections.disjoint(config.given(name), wanted)) {
        needed.add(name);
        wanted.add(config.ids());
      }
    }
    Map<String, Choice> kept = new LinkedHashMap<>(lookups);
    kept.keySet().retainAll(needed);
    return new NeededLookups(kept, lacking);
  }

  /** Puts ids in place of the columns that lookups give: what is left is read of the source. */
  static void takeOut(Map<String, Choice> lookups, Set<String> columns) {
    List<String> names = new ArrayList<>(lookups.keySet());
    Collections.reverse(names); // A later one may take its ids from an earlier one.
    for (String name : names) {
      LookupConfig config = config(lookups.get(name));
      columns.removeAll(config.given(name));
      columns.add(config.ids());
    }
  }

  /**
   * Checks that rows have the ids.
   *
   * @param where the rows are
   * @throws org.mtl4j.core.error.MtlException of code COLUMN_MISSING with each column that the rows
   *     lack, and cannot be given
   */
  void check(Columns rows, String where) {
    Problems problems = new Problems();
    Set<String> known = new LinkedHashSet<>(rows.names());
    entries.forEach(
        (name, entry) -> {
          LookupConfig config = config(entry);
          if (known.contains(config.ids())) {
            known.addAll(config.given(name));
            return;
          }
          for (String column : config.given(name)) {
            if (lacking.contains(column)) {
              problems.add(
                  new Problem(
                      ErrorCode.COLUMN_MISSING,
                      where,
                      "The source has no column \"%s\", and no \"%s\" by which the lookup \"%s\" gives it."
                          .formatted(column, config.ids(), name),
                      "Add one of the two."));
            }
          }
        });
    problems.throwIfAny();
  }

  private static LookupConfig config(Choice entry) {
    Problems problems = new Problems();
    var lookup = LookupChoice.of(entry, problems);
    problems.throwIfAny();
    return lookup.orElseThrow().config();
  }
}
