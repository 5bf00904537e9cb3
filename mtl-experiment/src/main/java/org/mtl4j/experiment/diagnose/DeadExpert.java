package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.eval.report.FigureText;

/** An expert that no task uses, or that says the same of every row. */
final class DeadExpert implements FindingRule {
  /**
   * What a weight has to reach in one task at least, as a share of an even one: census-income has
   * an expert that one of its tasks gives a tenth, which is little and not nothing.
   */
  static final double USED = 0.05;

  @Override
  public List<Finding> findings(Evidence evidence) {
    List<String> experts =
        evidence.gates().stream().flatMap(gate -> gate.experts().stream()).distinct().toList();
    List<Finding> findings = new ArrayList<>();
    for (String expert : experts) {
      List<GateEvidence> gates =
          evidence.gates().stream().filter(gate -> gate.experts().contains(expert)).toList();
      if (gates.stream().allMatch(gate -> weight(gate, expert) < even(gate) * USED)) {
        findings.add(unused(expert, gates));
      }
    }
    evidence.experts().ifPresent(found -> addSilent(found, findings));
    return findings;
  }

  private static double weight(GateEvidence gate, String expert) {
    return gate.all().weights()[gate.experts().indexOf(expert)];
  }

  private static double even(GateEvidence gate) {
    return 1.0 / gate.experts().size();
  }

  private static Finding unused(String expert, List<GateEvidence> gates) {
    String weights =
        gates.stream()
            .map(gate -> gate.task() + " " + FigureText.of(weight(gate, expert)))
            .collect(Collectors.joining(", "));
    return finding(
        expert,
        "No gate uses %s: its mean weights are %s, where an even share is %s."
            .formatted(expert, weights, FigureText.of(even(gates.get(0)))));
  }

  private static void addSilent(ExpertEvidence experts, List<Finding> findings) {
    for (int e = 0; e < experts.names().size(); e++) {
      String expert = experts.names().get(e);
      if (experts.spreads()[e] == 0) {
        findings.add(
            finding(
                expert,
                "%s puts out the same for every row: its units are all off, or do not depend on the features."
                    .formatted(expert)));
      }
    }
  }

  private static Finding finding(String expert, String seen) {
    return new Finding(
        "DEAD_EXPERT",
        Severity.WARNING,
        List.of(expert),
        seen,
        "Lower model.experts: it costs time and learns nothing. If it died early, lower the learning rate.");
  }
}
