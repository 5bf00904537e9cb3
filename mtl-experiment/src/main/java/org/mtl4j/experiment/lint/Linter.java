package org.mtl4j.experiment.lint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.split.Split;

/**
 * Looks at an experiment's rows in one pass: show it every block of every split, then ask for the
 * report. Not for use by several threads at a time.
 */
public final class Linter {
  private final List<LintCheck> checks;

  /**
   * A linter that has seen nothing.
   *
   * @param subject what is looked at
   * @param allowed names of checks that are left out
   */
  public Linter(LintSubject subject, Collection<String> allowed) {
    this.checks = LintChecks.of(subject, Set.copyOf(allowed));
  }

  /**
   * Looks at a block of rows of one split.
   *
   * @throws org.mtl4j.core.error.MtlException of code DATA_VALUE for text in a numeric feature
   */
  public void observe(Split split, RawBatch rows) {
    checks.forEach(check -> check.observe(split, rows));
  }

  /** What was found in the rows seen so far, errors first. */
  public LintReport report() {
    return new LintReport(
        checks.stream()
            .flatMap(check -> check.findings().stream())
            .sorted(Comparator.comparing(Finding::severity))
            .toList());
  }
}
