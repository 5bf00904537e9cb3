package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.OptionalDouble;
import org.mtl4j.eval.report.Report;
import org.mtl4j.experiment.compare.Comparison;

/**
 * What was found of a run.
 *
 * @param findings warnings first
 * @param figures each task's figures, of the models of one task each (the baseline) and of the run
 * @param gain the mean relative gain of the tasks' first figures, as {@link
 *     org.mtl4j.eval.multitask.MultiTaskGain} has it; empty where it is not defined
 * @param gates what the gates do slice by slice; empty where no slices are asked for, or the model
 *     has no gates
 * @param report all of it with the evidence, to be read
 */
public record Diagnosis(
    List<Finding> findings,
    List<Comparison.Figure> figures,
    OptionalDouble gain,
    List<SlicedGate> gates,
    Report report) {
  /** Copies the lists. */
  public Diagnosis {
    findings = List.copyOf(findings);
    figures = List.copyOf(figures);
    gates = List.copyOf(gates);
  }
}
