package org.mtl4j.eval.fairness;

import java.util.List;

/**
 * One criterion over all protected groups.
 *
 * @param criterion which
 * @param groups in the order of their names' list
 * @param gaps between each two groups that are not small and have a ratio, the largest first
 */
public record CriterionFigures(Criterion criterion, List<GroupFairness> groups, List<Gap> gaps) {
  /** Copies the lists. */
  public CriterionFigures {
    groups = List.copyOf(groups);
    gaps = List.copyOf(gaps);
  }
}
