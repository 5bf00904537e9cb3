package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Locale;

/**
 * One thing that was found.
 *
 * @param code what it is, say {@code DEAD_EXPERT}
 * @param severity how much it matters
 * @param about the tasks, then the experts or layers that it is about
 * @param seen what was seen, with numbers: one or more sentences
 * @param remedy what to try: one or more sentences
 */
public record Finding(
    String code, Severity severity, List<String> about, String seen, String remedy) {
  /** Copies the list. */
  public Finding {
    about = List.copyOf(about);
  }

  /** The severity in small letters. */
  public String severityName() {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
