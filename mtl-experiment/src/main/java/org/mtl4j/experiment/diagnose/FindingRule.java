package org.mtl4j.experiment.diagnose;

import java.util.List;

/**
 * One kind of finding: from values to advice. Add one by writing its class and its line in {@link
 * FindingRules}.
 */
interface FindingRule {
  /** What it finds in the evidence. */
  List<Finding> findings(Evidence evidence);
}
