package org.mtl4j.core.head;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.LabelEncoding;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * From the rows that were trained on, of whose negatives a share w was kept, back to all rows: He
 * and others, "Practical lessons from predicting clicks on ads at Facebook", ADKDD 2014. A
 * probability p learnt there is
 *
 * <pre>
 * q = p / (p + (1 - p) / w),     that is logit q = logit p + log w
 * </pre>
 *
 * <p>here. What goes through a funnel whose first stage was sampled is a product of that stage's
 * probability and of others, given that it happened, which sampling does not touch: it is divided
 * by the same p + (1 - p) / w.
 */
final class RateCorrection {
  private final GraphContext context;
  private final Map<String, OutputTensor> outputs = new HashMap<>();
  private final Map<String, Double> kept = new HashMap<>();

  /**
   * A correction of a model's outputs.
   *
   * @param specs the outputs
   * @param tensors what the model gave for them, in the same order
   */
  RateCorrection(GraphContext context, List<OutputSpec> specs, List<OutputTensor> tensors) {
    this.context = context;
    for (int i = 0; i < specs.size(); i++) {
      OutputSpec spec = specs.get(i);
      if (spec.label() instanceof LabelRule.OfTask of
          && spec.encoding() instanceof LabelEncoding.Indicator indicator
          && indicator.negativesKept() < 1) {
        kept.put(of.task(), indicator.negativesKept());
        outputs.put(of.task(), tensors.get(i));
      }
    }
  }

  /** The output as it is over all rows. */
  OutputTensor of(OutputSpec spec, OutputTensor output) {
    String task =
        spec.label() instanceof LabelRule.ThroughStages through
            ? through.stages().get(0)
            : ((LabelRule.OfTask) spec.label()).task();
    if (!kept.containsKey(task)) {
      return output;
    }
    Ops tf = context.tf();
    if (spec.label() instanceof LabelRule.OfTask && output instanceof OutputTensor.Logit) {
      return new OutputTensor.Logit(
          output.name(), tf.math.add(output.tensor(), context.constant(Math.log(kept.get(task)))));
    }
    return new OutputTensor.LogProbability(
        output.name(), tf.math.sub(logProbability(output), logDivisor(task)));
  }

  private Operand<TFloating> logProbability(OutputTensor output) {
    Ops tf = context.tf();
    return output instanceof OutputTensor.Logit
        ? tf.math.neg(tf.math.softplus(tf.math.neg(output.tensor())))
        : output.tensor();
  }

  /** log(p + (1 - p) / w); of a logit x it is softplus(-x - log w) - softplus(-x). */
  private Operand<TFloating> logDivisor(String task) {
    Ops tf = context.tf();
    OutputTensor output = outputs.get(task);
    double share = kept.get(task);
    if (output instanceof OutputTensor.Logit) {
      Operand<TFloating> x = tf.math.neg(output.tensor());
      Operand<TFloating> shifted = tf.math.sub(x, context.constant(Math.log(share)));
      return tf.math.sub(tf.math.softplus(shifted), tf.math.softplus(x));
    }
    Operand<TFloating> no =
        tf.math.mul(tf.math.expm1(output.tensor()), context.constant(-1 / share));
    return tf.math.log(tf.math.add(tf.math.exp(output.tensor()), no));
  }
}
