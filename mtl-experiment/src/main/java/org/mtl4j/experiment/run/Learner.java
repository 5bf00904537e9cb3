package org.mtl4j.experiment.run;

import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.training.TrainerSpec;

/** What an experiment trains: an architecture, step by step, or a baseline, at once. */
public sealed interface Learner {
  /** What {@code model.type} names. */
  Model model();

  /**
   * The architecture, for work that a baseline knows nothing of.
   *
   * @param work that needs it, for the message: {@code "mtl tune"}
   * @throws MtlException CONFIG_VALUE if it is a baseline
   */
  Graph graph(String work);

  /**
   * An architecture.
   *
   * @param model the architecture
   * @param updates balancing and optimisers
   */
  record Graph(MultiTaskModel model, TrainerSpec.Updates updates) implements Learner {
    @Override
    public Graph graph(String work) {
      return this;
    }
  }

  /**
   * A baseline.
   *
   * @param model the baseline
   * @param name its {@code model.type}
   */
  record Fitted(Baseline model, String name) implements Learner {
    @Override
    public Graph graph(String work) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "model.type",
              "%s needs a model with a graph, epochs and checkpoints; %s is a baseline and has none."
                  .formatted(work, name),
              "Take a model such as shared_bottom, and compare the two by mtl compare."));
    }
  }
}
