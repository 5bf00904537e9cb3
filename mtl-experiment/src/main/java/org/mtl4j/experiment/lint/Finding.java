package org.mtl4j.experiment.lint;

import java.util.Locale;
import java.util.Objects;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;

/**
 * One thing that a check found.
 *
 * @param check the check's name, as {@code lint.allow} takes it
 * @param severity whether it stops a training
 * @param where the key that it is about, say {@code features.play_time}
 * @param evidence what was found, with numbers: one or more sentences
 * @param remedy what to do about it, a sentence
 */
public record Finding(
    String check, Severity severity, String where, String evidence, String remedy) {
  /** Checks that no part is null. */
  public Finding {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(evidence, "evidence");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** The finding as a failure's problem, which says besides how to silence it. */
  public Problem problem() {
    return new Problem(ErrorCode.LINT, where, check + ": " + evidence, remedy + " " + silence());
  }

  private String silence() {
    return "If it is meant so, lint: {allow: [" + check + "]}.";
  }

  /** The finding on one line, as a warning. */
  @Override
  public String toString() {
    return "%s: %s: %s %s".formatted(where, check, evidence, remedy);
  }

  /** The severity in small letters. */
  public String severityName() {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
