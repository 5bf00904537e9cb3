package org.mtl4j.eval.fairness;

import java.util.List;

/**
 * How alike one output treats protected groups.
 *
 * @param output its name
 * @param threshold from which score on a row is predicted positive
 * @param criteria those that can be taken: exposure needs rankings
 */
public record FairnessFigures(String output, double threshold, List<CriterionFigures> criteria) {
  /** Copies the list. */
  public FairnessFigures {
    criteria = List.copyOf(criteria);
  }
}
