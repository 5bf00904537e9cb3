package org.mtl4j.experiment.reproduce;

import java.util.Map;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;

/** Measures a finished run. */
@FunctionalInterface
public interface Figures {
  /**
   * The figures.
   *
   * @return name to value, in the order to show them; one that the run does not have is left out
   */
  Map<String, Double> of(Trained trained);

  /**
   * A finished run with what it was made from.
   *
   * @param service made it
   * @param plan says on which data
   * @param run is finished
   */
  record Trained(ExperimentService service, ExperimentPlan plan, Run run) {}
}
