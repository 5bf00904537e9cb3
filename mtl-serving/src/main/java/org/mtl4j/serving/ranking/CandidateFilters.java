package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.Expression;

/** Leaves candidates out that need no score for it, and counts them by reason. */
final class CandidateFilters {
  private static final String UNKNOWN = "unknown";
  private static final String REPEATED = "repeated";
  private static final String EXCLUDED = "excluded";

  private final CandidatePool pool;
  private final RankingRequest.Choice choice;
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  CandidateFilters(CandidatePool pool, RankingRequest.Choice choice) {
    this.pool = pool;
    this.choice = choice;
    if (!choice.exclude().isEmpty() && !pool.hasIds()) {
      throw new MtlException(
          new Problem(
              ErrorCode.REQUEST_INVALID,
              "exclude",
              "The candidates have no ids by which they could be excluded.",
              "Say which of their columns has the ids."));
    }
    if (pool.missed() > 0) {
      counts.put(UNKNOWN, pool.missed());
    }
  }

  /** The rows that are left, in the candidates' order. */
  int[] left() {
    if (pool.positions().length == 0) {
      return new int[0];
    }
    Map<String, BoundExpression> conditions = new LinkedHashMap<>();
    for (Expression condition : choice.where()) {
      conditions.put(condition.toString(), condition.bindNumber(pool.rows().columns()));
    }
    List<Integer> left = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (int row : pool.positions()) {
      Optional<String> reason = reason(row, seen, conditions);
      if (reason.isPresent()) {
        counts.merge(reason.get(), 1, Integer::sum);
      } else {
        left.add(row);
      }
    }
    return left.stream().mapToInt(Integer::intValue).toArray();
  }

  private Optional<String> reason(
      int row, Set<Object> seen, Map<String, BoundExpression> conditions) {
    Optional<String> id = pool.id(row);
    if (id.isPresent() && !pool.all() && !seen.add(id.get())) {
      return Optional.of(REPEATED);
    }
    if (id.filter(choice.exclude()::contains).isPresent()) {
      return Optional.of(EXCLUDED);
    }
    return conditions.entrySet().stream()
        .filter(condition -> !condition.getValue().isTrue(pool.rows(), row))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Counts those of other reasons. */
  void count(Map<String, Integer> more) {
    more.forEach((reason, candidates) -> counts.merge(reason, candidates, Integer::sum));
  }

  /** How many were left out so far, by reason. */
  Map<String, Integer> counts() {
    return counts;
  }
}
