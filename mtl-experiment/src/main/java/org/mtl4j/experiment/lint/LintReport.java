package org.mtl4j.experiment.lint;

import java.util.List;
import org.mtl4j.core.error.MtlException;

/**
 * What all checks found.
 *
 * @param findings errors first, in the order of the checks
 */
public record LintReport(List<Finding> findings) {
  /** Nothing found, or nothing looked at. */
  public static final LintReport NONE = new LintReport(List.of());

  /** Copies the list. */
  public LintReport {
    findings = List.copyOf(findings);
  }

  /** The findings that stop a training. */
  public List<Finding> errors() {
    return of(Severity.ERROR);
  }

  /** The findings that are only said. */
  public List<Finding> warnings() {
    return of(Severity.WARNING);
  }

  private List<Finding> of(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).toList();
  }

  /**
   * Refuses to train on what has errors.
   *
   * @throws MtlException of code LINT with all errors, if there are any
   */
  public void throwIfErrors() {
    if (!errors().isEmpty()) {
      throw new MtlException(errors().stream().map(Finding::problem).toList());
    }
  }
}
