package org.mtl4j.testkit;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;

/**
 * A model whose tasks have nothing of their own, for tests of tasks that are at odds: one linear
 * layer over all features gives one logit, [B, their widths] to [B], which is that of every task.
 */
public record SharedLogit() implements MultiTaskModel {
  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext trunk = context.graph().scope("trunk");
    var sums = new Dense(1, Activation.LINEAR).apply(trunk, inputs.features().all());
    var logit = trunk.tf().reshape(sums, trunk.tf().constant(new int[] {-1}));
    List<OutputTensor> logits =
        context.tasks().stream()
            .<OutputTensor>map(task -> new OutputTensor.Logit(task.name(), logit))
            .toList();
    return ModelOutputs.of(logits, Set.of("trunk"));
  }
}
