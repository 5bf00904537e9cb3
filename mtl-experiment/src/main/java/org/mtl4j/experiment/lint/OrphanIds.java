package org.mtl4j.experiment.lint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;

/**
 * Ids of rows, of whatever split, that have no entry in a lookup. Rows are counted exactly; ids up
 * to 16,384 different ones of a lookup, and beyond that by a sample.
 */
final class OrphanIds implements LintCheck {
  private static final int IDS = 16_384;
  private static final int CELLS = 1_000_000;

  private final String name;
  private final List<Ids> lookups;

  OrphanIds(String name, LintSubject subject) {
    this.name = name;
    List<LookupSpec> specs = subject.data().lookups();
    int limit = LintLimits.ofHeap().rows(IDS, CELLS, specs.size());
    this.lookups = specs.stream().map(spec -> new Ids(spec, subject.columns(), limit)).toList();
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    lookups.forEach(ids -> ids.observe(rows));
  }

  @Override
  public List<Finding> findings() {
    return lookups.stream().filter(ids -> ids.orphanRows > 0).map(this::finding).toList();
  }

  private Finding finding(Ids ids) {
    boolean all = ids.entries.oneIn() == 1;
    long orphans = ids.orphans();
    long distinct = Math.max(orphans, ids.entries.distinct());
    return new Finding(
        name,
        Severity.WARNING,
        "data.lookups." + ids.spec.name(),
        String.format(
            Locale.ROOT,
            "%s%,d of %,d different values of \"%s\" (%.1f %%) have no entry, in %,d of %,d rows: %s%s.",
            all ? "" : "about ",
            orphans,
            distinct,
            ids.spec.column(),
            100.0 * orphans / distinct,
            ids.orphanRows,
            ids.rows,
            ids.examples.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ")),
            all
                ? orphans > ids.examples.size() ? " and more" : ""
                : " and more (" + ids.entries.words("values") + ")"),
        "They get the lookup's defaults: add them to its table, or leave such rows out by"
            + " data.where: \"%s == 1\".".formatted(ids.spec.found()));
  }

  /** The ids of one lookup. */
  private static final class Ids {
    private static final int EXAMPLES = 3;

    private final LookupSpec spec;
    private final int id;
    private final int found;
    private final HashSample<Boolean> entries;
    private final Set<String> examples = new LinkedHashSet<>();
    private long rows;
    private long orphanRows;

    Ids(LookupSpec spec, Columns columns, int limit) {
      this.spec = spec;
      this.id = columns.indexOf(spec.column());
      this.found = columns.indexOf(spec.found());
      this.entries = new HashSample<>(limit);
    }

    void observe(RawBatch block) {
      for (int row = 0; row < block.rowCount(); row++) {
        long hash = ValueHash.of(block, id, row);
        if (hash == ValueHash.MISSING) {
          continue;
        }
        boolean entry = block.number(found, row) == 1;
        rows++;
        entries.at(hash, 0, () -> entry);
        if (!entry) {
          orphanRows++;
          if (examples.size() < EXAMPLES) {
            examples.add(Excerpt.of(block.text(id, row)));
          }
        }
      }
    }

    /** About how many different ids have no entry; at least those that are shown. */
    long orphans() {
      long kept = entries.values().stream().filter(entry -> !entry).count();
      return Math.max(examples.size(), kept * entries.oneIn());
    }
  }
}
