package org.mtl4j.models.aitm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.model.Probe;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What a stage takes of the one before, mixed with its own.
 *
 * @param transferred p [B, width]
 * @param own q [B, width]
 * @param weights w of both [B, 2]
 * @param mixed z [B, width]
 */
record Transfer(
    Operand<TFloating> transferred,
    Operand<TFloating> own,
    Operand<TFloating> weights,
    Operand<TFloating> mixed) {
  /**
   * Mixes, in a scope: {@code information/dense_1}, {@code query}, {@code key} and {@code value}.
   *
   * @param before z of the stage before [B, width]
   * @param own q of this stage [B, width]
   * @param information makes p of the former
   */
  static Transfer of(
      GraphContext scope, Operand<TFloating> before, Operand<TFloating> own, Mlp information) {
    Ops tf = scope.tf();
    Operand<TFloating> transferred = information.apply(scope.scope("information"), before);
    // One above the other [2 B, width], so that each layer is one product.
    Operand<TFloating> both = tf.concat(List.of(transferred, own), tf.constant(0));
    int width = GraphContext.width(own);
    Dense linear = new Dense(width, Activation.LINEAR);
    Operand<TFloating> query = linear.apply(scope.scope("query"), both);
    Operand<TFloating> key = linear.apply(scope.scope("key"), both);
    Operand<TFloating> value = linear.apply(scope.scope("value"), both);
    Operand<TFloating> fit =
        tf.math.mul(
            tf.sum(tf.math.mul(query, key), tf.constant(1)), scope.constant(1 / Math.sqrt(width)));
    Operand<TFloating> weights =
        tf.nn.softmax(
            tf.linalg.transpose(
                tf.reshape(fit, tf.constant(new int[] {2, -1})), tf.constant(new int[] {1, 0})));
    Operand<TFloating> mixed =
        tf.sum(
            tf.math.mul(
                tf.reshape(value, tf.constant(new int[] {2, -1, width})),
                tf.expandDims(
                    tf.linalg.transpose(weights, tf.constant(new int[] {1, 0})), tf.constant(2))),
            tf.constant(0));
    return new Transfer(transferred, own, weights, mixed);
  }

  /** What is worth looking at, by the stage. */
  Map<String, Probe> probes(String stage) {
    List<String> names = List.of("expert/transferred_" + stage, "expert/own_" + stage);
    Map<String, Probe> probes = new LinkedHashMap<>();
    probes.put(names.get(0), new Probe.Expert(transferred));
    probes.put(names.get(1), new Probe.Expert(own));
    probes.put("gate/" + stage, new Probe.Gate(stage, names, weights));
    return probes;
  }
}
