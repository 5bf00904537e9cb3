package org.mtl4j.models.escm2;

import java.util.Optional;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The risk R of a stage, row by row.
 *
 * @param logit [B] of the stage given the one before
 * @param propensity [B] the probability of getting to the stage before
 * @param imputed [B] what its loss is taken for; empty: nothing is imputed
 */
record StageRisk(
    Operand<TFloating> logit, Operand<TFloating> propensity, Optional<Operand<TFloating>> imputed) {
  /**
   * o e / p, or i + o (e - i) / p + o (e - i)^2 / p: [B].
   *
   * @param seen [B] o: 1 where the row got to the stage before
   * @param label [B] 1 where it got through the stage
   * @param least what p is at least
   */
  Operand<TFloating> values(
      GraphContext scope, Operand<TFloating> seen, Operand<TFloating> label, double least) {
    Ops tf = scope.tf();
    Operand<TFloating> p = tf.stopGradient(tf.math.maximum(propensity, scope.constant(least)));
    Operand<TFloating> inverse = tf.math.div(seen, p);
    Operand<TFloating> error = tf.math.sub(tf.math.softplus(logit), tf.math.mul(logit, label));
    if (imputed.isEmpty()) {
      return tf.math.mul(inverse, error);
    }
    Operand<TFloating> off = tf.math.sub(error, imputed.get());
    // What the imputation learns from moves the imputation alone: through e it would teach the
    // conversion rate to be as wrong as what is imputed.
    Operand<TFloating> missed = tf.math.sub(tf.stopGradient(error), imputed.get());
    Operand<TFloating> corrected = tf.math.mul(inverse, tf.math.add(off, tf.math.square(missed)));
    return tf.math.add(imputed.get(), corrected);
  }
}
