package org.mtl4j.core.error;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A failure with one or more {@link Problem}s. It is the only exception that MTL4J throws on
 * purpose for what users type and own; misuse of the API by a programmer is an {@code
 * IllegalArgumentException} or {@code IllegalStateException} as everywhere.
 */
public final class MtlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** A failure with the given problems, at least one. */
  public MtlException(List<Problem> problems) {
    this(problems, null);
  }

  /** A failure with one problem. */
  public MtlException(Problem problem) {
    this(List.of(problem), null);
  }

  /** A failure with one problem and what caused it. */
  public MtlException(Problem problem, Throwable cause) {
    this(List.of(problem), cause);
  }

  /** A failure with the given problems, at least one, and what caused it. */
  public MtlException(List<Problem> problems, Throwable cause) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining(System.lineSeparator())),
        cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an MtlException needs at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  /** The same failure, with those problems that have no place yet at {@code where}. */
  public MtlException at(String where) {
    return placed(place -> place.isEmpty() ? where : place);
  }

  /** The same failure, each problem at the place that {@code places} makes of its own. */
  public MtlException placed(UnaryOperator<String> places) {
    List<Problem> placed =
        problems.stream()
            .map(p -> new Problem(p.code(), places.apply(p.where()), p.what(), p.remedy()))
            .toList();
    return placed.equals(problems) ? this : new MtlException(placed, this);
  }

  /**
   * The same failure, in which keys below one have the names that they have below another.
   *
   * @param from the key that the problems name
   * @param to the key that is meant
   */
  public MtlException moved(String from, String to) {
    List<Problem> moved =
        problems.stream()
            .map(
                p ->
                    new Problem(
                        p.code(),
                        KeyNames.moved(p.where(), from, to),
                        KeyNames.moved(p.what(), from, to),
                        KeyNames.moved(p.remedy(), from, to)))
            .toList();
    return moved.equals(problems) ? this : new MtlException(moved, this);
  }

  /** What is wrong: at least one problem, in the order found. */
  public List<Problem> problems() {
    return problems;
  }

  /** The code of the first problem. */
  public ErrorCode code() {
    return problems.get(0).code();
  }
}
