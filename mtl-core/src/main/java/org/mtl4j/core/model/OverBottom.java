package org.mtl4j.core.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.feature.Embeddings;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.FittedTask;

/**
 * A model whose features go through a bottom first: its {@code features().all()} [B, width] is what
 * the bottom makes of them, features by name and by group stay as they are. The bottom's variables
 * are in the scope {@code bottom}, which the tasks share; where a model has further embeddings of
 * the features, those go through a bottom of their own, in {@code bottom/embedding_NAME}.
 *
 * @param model the architecture
 * @param bottom what is below it
 */
public record OverBottom(MultiTaskModel model, Bottom bottom) implements MultiTaskModel {
  private static final String SCOPE = "bottom";

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    return model.outputs(tasks);
  }

  /**
   * Asks the model, and whether the bottom would be seen at all.
   *
   * @throws IllegalArgumentException as the model does, or if it never takes all features together
   */
  @Override
  public void check(List<FeatureSpec> features) {
    model.check(features);
    if (!model.takesAllFeatures()) {
      throw new IllegalArgumentException(
          "bottom: expected none below a model that takes its features by group, found one");
    }
  }

  /** No second bottom stands below the first. */
  @Override
  public boolean takesAllFeatures() {
    return false;
  }

  @Override
  public List<String> warnings() {
    return model.warnings();
  }

  @Override
  public MultiTaskModel forTask(String task) {
    return new OverBottom(model.forTask(task), bottom);
  }

  @Override
  public Embeddings embeddings(List<FittedTask> tasks) {
    return model.embeddings(tasks);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext first = context.graph().scope(SCOPE);
    FeatureTensors features =
        inputs
            .features()
            .through(
                raw ->
                    bottom.apply(
                        raw.embedding().map(name -> first.scope("embedding_" + name)).orElse(first),
                        raw));
    ModelOutputs outputs = model.build(new ModelInputs(features, inputs.supervision()), context);
    Set<String> shared = new TreeSet<>(outputs.shared());
    shared.add(SCOPE);
    return new ModelOutputs(
        outputs.outputs(), outputs.losses(), outputs.updates(), outputs.probes(), shared);
  }
}
