package org.mtl4j.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LossRule;

/**
 * What a training graph is made of.
 *
 * @param pipeline the inputs
 * @param tasks the tasks, in order
 * @param model the architecture
 * @param updates how gradients become updates
 * @param execution seed, type, threads and matrix products
 */
public record TrainerSpec(
    FeaturePipeline pipeline,
    List<FittedTask> tasks,
    MultiTaskModel model,
    Updates updates,
    Execution execution) {
  /** Copies the list. */
  public TrainerSpec {
    tasks = List.copyOf(tasks);
  }

  /**
   * How gradients become updates.
   *
   * @param balancing combines the tasks
   * @param dense for dense variables
   * @param embedding for the rows of embedding tables
   * @param schedule of both optimisers' learning rates; empty: they stay as they are
   * @param gradients what is done to gradients before optimisers see them
   */
  public record Updates(
      LossBalancing balancing,
      Optimizer dense,
      Optimizer embedding,
      Optional<RateSchedule> schedule,
      GradientRules gradients) {
    /** Updates by gradients as they come, at constant learning rates. */
    public Updates(LossBalancing balancing, Optimizer dense, Optimizer embedding) {
      this(balancing, dense, embedding, Optional.empty(), GradientRules.none());
    }

    /** The same with a schedule. */
    public Updates with(RateSchedule other) {
      return new Updates(balancing, dense, embedding, Optional.of(other), gradients);
    }

    /** The same with other rules for gradients. */
    public Updates with(GradientRules others) {
      return new Updates(balancing, dense, embedding, schedule, others);
    }
  }

  /**
   * What a run is repeated by.
   *
   * @param seed root of all randomness
   * @param type of the graph's floating tensors
   * @param threads that one operation may use, and operations that may run at a time
   * @param products how networks beside each other take their matrix products while training; an
   *     export takes them separately
   */
  public record Execution(Seed seed, FloatType type, int threads, MatrixProducts products) {}

  /** What each task's loss makes of its labels. */
  Map<String, LossRule> lossRules() {
    Map<String, LossRule> rules = new LinkedHashMap<>();
    tasks.forEach(task -> rules.put(task.name(), task.task().loss()));
    return rules;
  }

  /** Whether a task compares rows of a query, so that batches are made of whole queries. */
  boolean ranks() {
    return tasks.stream().anyMatch(task -> task.task().ranks());
  }

  /** What the model predicts for the tasks. */
  public List<OutputSpec> outputs() {
    return model.outputs(tasks);
  }
}
