package org.mtl4j.models.aitm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Funnel;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The outputs of a funnel whose probabilities of getting through are learnt: a stage given the one
 * before is their ratio.
 *
 * @param funnel the stages
 * @param logits by task, those of stages being log odds of getting through
 * @param through by stage log P(through) [B]
 */
record StageRatios(
    Funnel funnel, Map<String, OutputTensor> logits, Map<String, Operand<TFloating>> through) {
  /** The largest log of a ratio: log odds of 14, which a calibrator can still be fitted to. */
  private static final double SUREST = -1e-6;

  /** Tasks, later stages given the stage before; then what goes through. */
  List<OutputTensor> outputs(GraphContext scope, List<FittedTask> tasks) {
    Ops tf = scope.tf();
    List<OutputTensor> outputs = new ArrayList<>();
    for (FittedTask task : tasks) {
      String name = task.name();
      if (funnel.isLater(name)) {
        Operand<TFloating> ratio = tf.math.sub(through.get(name), through.get(funnel.before(name)));
        outputs.add(
            new OutputTensor.LogProbability(name, tf.math.minimum(ratio, scope.constant(SUREST))));
      } else {
        outputs.add(logits.get(name));
      }
    }
    for (String stage : funnel.later()) {
      outputs.add(new OutputTensor.LogProbability(funnel.through(stage), through.get(stage)));
    }
    return outputs;
  }
}
