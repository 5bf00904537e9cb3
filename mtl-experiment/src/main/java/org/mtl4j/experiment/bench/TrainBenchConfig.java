package org.mtl4j.experiment.bench;

import java.util.List;

/**
 * The size of a training benchmark.
 *
 * @param fields categorical fields, a table each
 * @param vocabulary ids a field
 * @param dim width of the tables
 * @param batch rows a step
 * @param model the MMoE and its tasks
 * @param steps timed steps a round
 */
public record TrainBenchConfig(
    int fields, int vocabulary, int dim, int batch, Model model, int steps) {
  /** Checks the sizes. */
  public TrainBenchConfig {
    atLeast("fields", 1, fields);
    atLeast("vocabulary", 2, vocabulary);
    atLeast("dim", 1, dim);
    atLeast("batch", 1, batch);
    atLeast("steps", 1, steps);
  }

  /**
   * The model that is timed.
   *
   * @param experts number of experts
   * @param expertLayers widths of an expert's layers
   * @param towerLayers widths of a tower's layers
   * @param tasks number of binary tasks
   */
  public record Model(
      int experts, List<Integer> expertLayers, List<Integer> towerLayers, int tasks) {
    /** Copies the lists and checks the number of tasks. */
    public Model {
      expertLayers = List.copyOf(expertLayers);
      towerLayers = List.copyOf(towerLayers);
      atLeast("tasks", 1, tasks);
    }
  }

  private static void atLeast(String key, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + ": expected at least " + least + ", found " + found);
    }
  }
}
