package org.mtl4j.core.model;

import java.util.List;
import org.mtl4j.core.feature.Embeddings;
import org.mtl4j.core.task.FittedTask;

/**
 * An architecture: features in, one logit or log probability an output out. Stateless apart from
 * its configuration; everything that is trained lives in the graph's variables. Add one by writing
 * its config record and the class, binding its name and subclassing the contract test of
 * mtl-testkit.
 */
public non-sealed interface MultiTaskModel extends Model {
  /**
   * Whether it asks for all features together, so that a {@link Bottom} below it has something to
   * do. By default it does; one that takes them by group says that it does not.
   */
  default boolean takesAllFeatures() {
    return true;
  }

  /**
   * The embeddings that it has of each feature, for these tasks: by default one, which all tasks
   * share. Further ones, of the tasks' own say, make tables wider; {@link
   * org.mtl4j.core.feature.FeatureTensors#embedding(String)} gives the features by each.
   */
  default Embeddings embeddings(List<FittedTask> tasks) {
    return Embeddings.one();
  }

  /**
   * The model of the same size for one of its tasks alone, by which the gain of learning them
   * together is measured: what remains of it when the other tasks go. By default the model itself,
   * built for that task; a model that needs its other tasks says what is left without them.
   *
   * @param task the task's name
   */
  default MultiTaskModel forTask(String task) {
    return this;
  }

  /**
   * Adds one forward pass to the graph. It is called once for training and once for inference, and
   * must ask for the same variables both times.
   */
  ModelOutputs build(ModelInputs inputs, ModelContext context);
}
