package org.mtl4j.experiment.reproduce;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Something that is said of a reproduction's figures: that a weighted sum of them, taken seed by
 * seed, is above a bound.
 *
 * @param says a sentence
 * @param terms of the sum
 * @param above the bound
 */
public record Claim(String says, List<Term> terms, double above) {
  /** Copies the list. */
  public Claim {
    terms = List.copyOf(terms);
  }

  /**
   * A figure and how often it counts.
   *
   * @param factor what it is multiplied by
   * @param arm the name of an {@link Arm}
   * @param figure the name of one of its figures
   */
  public record Term(double factor, String arm, String figure) {}

  /** That an arm has more of a figure than another one. */
  static Claim more(String says, String arm, String than, String figure) {
    return new Claim(says, List.of(new Term(1, arm, figure), new Term(-1, than, figure)), 0);
  }

  /** That an arm has less of a figure than another one. */
  static Claim less(String says, String arm, String than, String figure) {
    return new Claim(says, List.of(new Term(-1, arm, figure), new Term(1, than, figure)), 0);
  }

  /**
   * The sum for one seed.
   *
   * @param figures arm to figure to value
   * @return empty if an arm or a figure is not there
   */
  OptionalDouble of(Map<String, Map<String, Double>> figures) {
    double sum = 0;
    for (Term term : terms) {
      Double value = figures.getOrDefault(term.arm(), Map.of()).get(term.figure());
      if (value == null) {
        return OptionalDouble.empty();
      }
      sum += term.factor() * value;
    }
    return OptionalDouble.of(sum);
  }
}
