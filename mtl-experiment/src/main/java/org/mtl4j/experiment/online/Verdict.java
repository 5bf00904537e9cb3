package org.mtl4j.experiment.online;

import java.util.Locale;

/** What became of an update. */
public enum Verdict {
  /** Its state is the run's, and its export the newest. */
  ACCEPTED,
  /** Its rows are not like those before; nothing was trained. */
  HELD,
  /** Its model is worse than the one before. */
  REFUSED,
  /** There were too few rows to tell whether its model is worse. */
  UNDECIDED;

  /** As files and answers have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
