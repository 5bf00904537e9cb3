package org.mtl4j.models.tiedweights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Tied weights: all tasks have the same weights, and biases of their own. It is what becomes of a
 * network that is told the task as a feature (Caruana, "Multitask learning", Machine Learning 28,
 * 1997, on what may be an input and what an output), in every layer:
 *
 * <pre>
 * h_(t,k) = relu(W_k h_(t,k-1) + b_(t,k)),   y_t = head_t(h_(t,last))
 * </pre>
 *
 * <p>A bias far enough below 0 switches a unit off for a task, so that tasks may use different
 * units of one network for a few numbers a task and unit. Heads are a task's own, weights too, for
 * tasks differ in the number of their logits and in scale. W_k is {@code
 * tied_weights/dense_K/kernel} [in, units], Glorot uniform, b_(t,k) {@code
 * tied_weights/task_TASK/dense_K/bias} [units], zeros; so is what normalises a task's own.
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). No
 * probes. With equal biases it is a shared bottom without towers. Use it where tasks are much
 * alike, domains or markets say; it computes T networks, but holds one.
 *
 * @param layers widths of the ReLU layers, at least one
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary("Tied weights (after Caruana, 1997): one network's weights for all tasks, own biases.")
public record TiedWeights(
    @Default("[128, 64]") List<Integer> layers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public TiedWeights {
    layers = Layers.atLeastOne("layers", layers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("tied_weights");
    List<OutputTensor> logits = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      Operand<TFloating> hidden = inputs.features().all();
      for (int layer = 1; layer <= layers.size(); layer++) {
        hidden = layer(scope, task, layer, hidden);
      }
      logits.add(TaskHead.logit(context.graph(), task, hidden));
    }
    Set<String> shared = new HashSet<>();
    for (int layer = 1; layer <= layers.size(); layer++) {
      shared.add("tied_weights/dense_" + layer);
    }
    return ModelOutputs.of(logits, shared);
  }

  /** A layer of a task over x [B, in]: [B, units]. */
  private Operand<TFloating> layer(
      GraphContext scope, FittedTask task, int number, Operand<TFloating> x) {
    String place = "dense_" + number;
    int in = GraphContext.width(x);
    int units = layers.get(number - 1);
    Operand<TFloating> kernel =
        scope
            .scope(place)
            .variable("kernel", Shape.of(in, units), Initializer.glorotUniform(in, units));
    GraphContext own = scope.scope("task_" + task.name()).scope(place);
    Operand<TFloating> bias = own.variable("bias", Shape.of(units), Initializer.zeros());
    Ops tf = own.tf();
    Operand<TFloating> sums = tf.nn.biasAdd(tf.linalg.matMul(x, kernel), bias);
    Operand<TFloating> normal = normalization.apply(own.scope("normalization"), sums);
    return own.dropout(tf.nn.relu(normal), dropout);
  }
}
