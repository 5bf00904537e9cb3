package org.mtl4j.experiment.bench;

import java.util.List;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.models.mmoe.Mmoe;

/**
 * The size of a training benchmark.
 *
 * @param fields categorical fields, a table each
 * @param vocabulary ids a field
 * @param dim width of the tables
 * @param batch rows a step, at most 1,048,576
 * @param model the MMoE and its tasks
 * @param steps timed steps a round
 */
public record TrainBenchConfig(
    int fields, int vocabulary, int dim, int batch, Model model, int steps) {
  /** Rows of several batches are made in memory. */
  private static final int LARGEST_BATCH = 1 << 20;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is too small, or the batch too large
   */
  public TrainBenchConfig {
    atLeast("fields", 1, fields);
    atLeast("vocabulary", 2, vocabulary);
    atLeast("dim", 1, dim);
    atLeast("batch", 1, batch);
    if (batch > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "batch: expected at most " + LARGEST_BATCH + ", found " + batch);
    }
    atLeast("steps", 1, steps);
  }

  /**
   * The model that is timed.
   *
   * @param experts number of experts
   * @param expertLayers widths of an expert's layers
   * @param towerLayers widths of a tower's layers
   * @param tasks number of binary tasks
   * @param step what a step does with them
   */
  public record Model(
      int experts, List<Integer> expertLayers, List<Integer> towerLayers, int tasks, Step step) {
    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if there is no task or no such MMoE
     */
    public Model {
      atLeast("tasks", 1, tasks);
      Mmoe mmoe = new Mmoe(experts, expertLayers, towerLayers, 0);
      expertLayers = mmoe.expertLayers();
      towerLayers = mmoe.towerLayers();
    }

    Mmoe mmoe() {
      return new Mmoe(experts, expertLayers, towerLayers, 0);
    }
  }

  /**
   * What a step is to do.
   *
   * @param products how the experts take their matrix products
   * @param balancing how the tasks become one step
   */
  public record Step(MatrixProducts products, LossBalancing balancing) {}

  private static void atLeast(String key, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + ": expected at least " + least + ", found " + found);
    }
  }
}
