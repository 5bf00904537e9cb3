package org.mtl4j.experiment.explain;

import java.util.List;
import java.util.Map;
import org.mtl4j.eval.importance.Importance;

/**
 * What the figures of a run rest on.
 *
 * @param run its folder
 * @param rows number of rows that were drawn
 * @param total number of rows that they were drawn from
 * @param features per set of columns the features that read one of them
 * @param importances by output and metric, the largest first
 * @param warnings what looked odd, a sentence each
 */
public record RunImportance(
    String run,
    int rows,
    long total,
    Map<String, List<String>> features,
    List<Importance> importances,
    List<String> warnings) {
  /** Copies the containers. */
  public RunImportance {
    features = Map.copyOf(features);
    importances = List.copyOf(importances);
    warnings = List.copyOf(warnings);
  }
}
