package org.mtl4j.core.training;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.optimizer.Hyperparameters;

/**
 * Variables and tables that are trained otherwise than the rest. Of several groups that match a
 * name the first counts.
 *
 * @param match patterns of names such as {@code mmoe/experts/dense_1/kernel} or {@code
 *     embedding/item}: {@code *} is any text, slashes included, {@code ?} one character; a scope
 *     stands for all below it
 * @param learningRateFactor what the optimiser's learning rate is multiplied by, above 0
 * @param freeze whether they stay as they are: no update, and no slot of an optimiser
 * @param thawAfter epochs after which they are trained all the same, at least 1; empty: never
 */
public record VariableGroup(
    List<String> match,
    @Default("1") double learningRateFactor,
    @Default("false") boolean freeze,
    Optional<Integer> thawAfter) {
  /**
   * Checks that the keys fit together, and copies the list.
   *
   * @throws IllegalArgumentException if they do not
   */
  public VariableGroup {
    match = List.copyOf(match);
    if (match.isEmpty()) {
      throw new IllegalArgumentException("match: expected at least one pattern, found none");
    }
    Hyperparameters.positive("learning_rate_factor", learningRateFactor);
    if (thawAfter.isPresent() && !freeze) {
      throw new IllegalArgumentException(
          "thaw_after: expected freeze: true beside it, found false");
    }
    if (thawAfter.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "thaw_after: expected at least 1, found " + thawAfter.orElseThrow());
    }
    if (freeze && thawAfter.isEmpty() && learningRateFactor != 1) {
      throw new IllegalArgumentException(
          "learning_rate_factor: expected none beside freeze: true without thaw_after, found "
              + learningRateFactor);
    }
  }

  /**
   * What becomes of a variable or a table.
   *
   * @param factor of the learning rate
   * @param from epochs that must be finished before it is trained
   */
  record Treatment(double factor, int from) {
    private static final int NEVER = Integer.MAX_VALUE;

    /** As everything is that no group names. */
    static final Treatment USUAL = new Treatment(1, 0);

    boolean isFrozen() {
      return from == NEVER;
    }
  }

  Treatment treatment() {
    int from = freeze ? thawAfter.orElse(Treatment.NEVER) : 0;
    return new Treatment(learningRateFactor, from);
  }

  boolean matches(String name) {
    return match.stream().anyMatch(pattern -> matches(pattern, name));
  }

  static boolean matches(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    pattern
        .chars()
        .forEach(
            c ->
                regex.append(
                    c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c))));
    return Pattern.matches(regex + "(/.*)?", name);
  }
}
