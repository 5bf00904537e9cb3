package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.eval.report.FigureText;

/** Two experts that put out the same, up to a factor: one of them would do. */
final class EqualExperts implements FindingRule {
  /** Experts of the examples stay below 0.6 (docs/diagnosis.md), copies are at 1. */
  static final double EQUAL = 0.95;

  @Override
  public List<Finding> findings(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    evidence.experts().ifPresent(experts -> add(experts, findings));
    return findings;
  }

  private static void add(ExpertEvidence experts, List<Finding> findings) {
    for (int i = 0; i < experts.names().size(); i++) {
      for (int j = i + 1; j < experts.names().size(); j++) {
        double correlation = experts.correlations()[i][j];
        if (correlation > EQUAL) {
          String one = experts.names().get(i);
          String other = experts.names().get(j);
          findings.add(
              new Finding(
                  "EQUAL_EXPERTS",
                  Severity.WARNING,
                  List.of(one, other),
                  "%s and %s put out the same, up to a factor: the correlation of their units' outputs is %s."
                      .formatted(one, other, FigureText.of(correlation)),
                  "Lower model.experts, as one of the two would do; or give them dropout, so that they part."));
        }
      }
    }
  }
}
