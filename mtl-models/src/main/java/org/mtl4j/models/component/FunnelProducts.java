package org.mtl4j.models.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The outputs of a funnel whose stages each have a logit of their probability given the stage
 * before:
 *
 * <pre>
 * log P(through k) = sum over j up to k of log sigmoid(x_j)
 * </pre>
 *
 * @param outputs by name, in the order of {@link Funnel#outputs}
 */
public record FunnelProducts(Map<String, OutputTensor> outputs) {
  /** Copies the map, keeping its order. */
  public FunnelProducts {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * Multiplies in log space.
   *
   * @param logits of all tasks, in their order
   */
  public static FunnelProducts of(
      Funnel funnel, GraphContext scope, Iterable<? extends OutputTensor> logits) {
    Map<String, OutputTensor> outputs = new LinkedHashMap<>();
    logits.forEach(logit -> outputs.put(logit.name(), logit));
    Operand<TFloating> through = logSigmoid(scope, outputs.get(funnel.stages().get(0)));
    for (String stage : funnel.later()) {
      through = scope.tf().math.add(through, logSigmoid(scope, outputs.get(stage)));
      String name = funnel.through(stage);
      outputs.put(name, new OutputTensor.LogProbability(name, through));
    }
    return new FunnelProducts(outputs);
  }

  /** log sigmoid(x) = -softplus(-x) of a logit [B]. */
  public static Operand<TFloating> logSigmoid(GraphContext scope, OutputTensor logit) {
    Ops tf = scope.tf();
    return tf.math.neg(tf.math.softplus(tf.math.neg(logit.asLogit().tensor())));
  }
}
