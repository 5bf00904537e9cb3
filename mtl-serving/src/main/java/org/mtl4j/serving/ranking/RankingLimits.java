package org.mtl4j.serving.ranking;

import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * How much one request may ask for.
 *
 * @param candidates at most, of those that are named and of the catalogue as a whole
 * @param k recommended items at most
 * @param explained at most, each of which costs as much as scoring some hundred candidates
 * @param conditions conditions, ids to exclude not counted, and values to have at most so many of
 */
public record RankingLimits(int candidates, int k, int explained, int conditions) {
  /** What is usual. */
  public static final RankingLimits DEFAULT = new RankingLimits(100_000, 1_000, 20, 20);

  /**
   * Checks that something is left.
   *
   * @throws IllegalArgumentException if a number is below 0, or no candidate may be asked about
   */
  public RankingLimits {
    if (candidates < 1 || k < 1 || explained < 0 || conditions < 0) {
      throw new IllegalArgumentException(
          "expected candidates and k of at least 1, found %d and %d".formatted(candidates, k));
    }
  }

  /** Refuses what is beyond, before anything is computed. */
  void check(RankingRequest request, int asked) {
    check("candidates", asked, candidates);
    check("k", request.choice().k(), k);
    if (request.explain()) {
      check("k with explain", Math.min(asked, request.choice().k()), explained);
    }
    check(
        "where and at_most",
        request.choice().where().size() + request.choice().atMost().size(),
        conditions);
  }

  private static void check(String what, int found, int most) {
    if (found > most) {
      throw new MtlException(
          Problem.of(
              ErrorCode.REQUEST_INVALID,
              what,
              "Expected at most %d, found %d.".formatted(most, found)));
    }
  }
}
