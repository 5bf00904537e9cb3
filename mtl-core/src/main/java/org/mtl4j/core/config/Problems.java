package org.mtl4j.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** Collects what is wrong, so that a user sees all of it at once. For one thread. */
public final class Problems {
  private final List<Problem> problems = new ArrayList<>();

  /** Adds one. */
  public void add(Problem problem) {
    problems.add(problem);
  }

  /** Adds one without a remedy of its own. */
  public void add(ErrorCode code, String where, String what) {
    problems.add(Problem.of(code, where, what));
  }

  /** Adds some in order. */
  public void addAll(Collection<Problem> more) {
    problems.addAll(more);
  }

  /** Adds what a part without a place of its own complains about, at a place. */
  public void addAt(String where, MtlException failure) {
    for (Problem p : failure.problems()) {
      problems.add(p.where().isEmpty() ? new Problem(p.code(), where, p.what(), p.remedy()) : p);
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** How many things are wrong so far. */
  public int size() {
    return problems.size();
  }

  /** What is wrong so far, in the order found. */
  public List<Problem> list() {
    return List.copyOf(problems);
  }

  /**
   * Ends the collecting.
   *
   * @throws MtlException with all problems, if there are any
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }
}
