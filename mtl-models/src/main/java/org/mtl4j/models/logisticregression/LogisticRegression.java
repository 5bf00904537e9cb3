package org.mtl4j.models.logisticregression;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;

/**
 * The linear floor: Cox, "The regression analysis of binary sequences", Journal of the Royal
 * Statistical Society B 20, 1958. Features go straight to a linear head a task, without a hidden
 * layer:
 *
 * <pre>
 * y_t = w_t' x + b_t
 * </pre>
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one):
 * logistic regression of a binary task, of a multiclass one multinomial, of a regression linear.
 * w_t is {@code head_TASK/logit/kernel}, Glorot uniform. No probes; no keys: {@code training.l2}
 * penalises the weights.
 *
 * <p>A categorical feature comes as an embedding e of {@code dim} numbers, so that an id weighs
 * w_t' e: a weight of its own for each id and task as long as dim is at least the number of logits,
 * and else a matrix of that rank. Of what features say only together it knows nothing, unless a
 * {@code cross} says so: what a network gains over it is what such dependences are worth.
 */
@Summary("Logistic regression (Cox, JRSS B 1958): a linear head a task, no hidden layer.")
public record LogisticRegression() implements MultiTaskModel {
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
