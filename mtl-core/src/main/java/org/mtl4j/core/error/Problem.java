package org.mtl4j.core.error;

import java.util.Objects;

/**
 * One thing that is wrong, in words a user can act on.
 *
 * @param code the kind of failure
 * @param where the place: a key's path, a file with its line, a column; empty when there is none
 * @param what one sentence: what was expected and what was found
 * @param remedy one sentence: what to do about it; empty when {@code what} says it all
 */
public record Problem(ErrorCode code, String where, String what, String remedy) {
  /** Checks that no part is null. */
  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** A problem without a remedy of its own. */
  public static Problem of(ErrorCode code, String where, String what) {
    return new Problem(code, where, what, "");
  }

  /** The problem on one line: {@code where: what remedy}. */
  @Override
  public String toString() {
    String place = where.isEmpty() ? "" : where + ": ";
    return place + what + (remedy.isEmpty() ? "" : " " + remedy);
  }
}
