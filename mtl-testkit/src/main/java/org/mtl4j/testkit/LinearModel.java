package org.mtl4j.testkit;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;

/**
 * The smallest model there is, for tests of what surrounds models: each task's logit is a linear
 * layer over all features, [B, their widths] to [B] ([B, classes] for a multiclass one).
 */
public record LinearModel() implements MultiTaskModel {
  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    List<OutputTensor> logits =
        context.tasks().stream()
            .<OutputTensor>map(
                task -> TaskHead.logit(context.graph(), task, inputs.features().all()))
            .toList();
    return ModelOutputs.of(logits, Set.of());
  }
}
