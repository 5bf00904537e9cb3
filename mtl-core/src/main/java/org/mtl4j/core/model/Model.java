package org.mtl4j.core.model;

import java.util.List;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.FittedTask;

/**
 * What {@code model.type} names: an architecture, which is a graph and trained step by step, or a
 * baseline, which is fitted at once. Stateless apart from its configuration.
 */
public sealed interface Model permits MultiTaskModel, Baseline {
  /** What it predicts for these tasks: by default each task and nothing more. */
  default List<OutputSpec> outputs(List<FittedTask> tasks) {
    return tasks.stream().map(OutputSpec::of).toList();
  }

  /**
   * Asks whether the model can do with these features, before anything is read: with their groups,
   * say. By default it can.
   *
   * @throws IllegalArgumentException what was expected and what was found, in words for the user
   */
  default void check(List<FeatureSpec> features) {}

  /** What a user should know of this configuration before it trains, a sentence each. */
  default List<String> warnings() {
    return List.of();
  }
}
