package org.mtl4j.experiment.diagnose;

import java.util.Comparator;
import java.util.List;

/** All kinds of findings: the one list of them. */
final class FindingRules {
  private static final List<FindingRule> ALL =
      List.of(
          new NegativeTransfer(),
          new OpposedTasks(),
          new LossScale(),
          new StoppedLearning(),
          new Overfitting(),
          new Miscalibration(),
          new DeadExpert(),
          new EqualExperts(),
          new ExpertsBySlice());

  private FindingRules() {}

  /** What there is to find, warnings first. */
  static List<Finding> of(Evidence evidence) {
    return ALL.stream()
        .flatMap(rule -> rule.findings(evidence).stream())
        .sorted(Comparator.comparing(Finding::severity))
        .toList();
  }
}
