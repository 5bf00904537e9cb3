package org.mtl4j.models.unsupervised;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.task.CodeSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.family.TFloating;

/**
 * A code of features and its way back: Hinton and Salakhutdinov, "Reducing the dimensionality of
 * data with neural networks", Science 313, 2006.
 *
 * <pre>
 * z     = E(x) W + b        E: ReLU layers over the features' vectors and numbers x
 * t'    = D(z) V + c        D: the same layers the other way round
 * error = sum over t of known_t (t'_t - t_t)^2 / units        t as {@link RebuiltInputs} says
 * </pre>
 *
 * <p>Features [B, width] to a code [B, dims] and errors [B]. Without layers it is linear, and at
 * its minimum the code spans the principal components. {@code mean} is the training rows' mean of t
 * by their weights, as far as they were seen; its error is what a code has to beat.
 *
 * @param spec what is encoded
 */
record Autoencoder(CodeSpec spec) {
  /**
   * What a pass gives.
   *
   * @param code [B, dims]
   * @param error [B]
   * @param meanError [B] that of the mean in place of what was rebuilt
   */
  record Pass(Operand<TFloating> code, Operand<TFloating> error, Operand<TFloating> meanError) {
    /** The code and both errors side by side; the error is minimised. */
    Learnt learnt(Ops tf) {
      Operand<TFloating> errors = tf.stack(List.of(error, meanError), Stack.axis(1L));
      return new Learnt(tf.concat(List.of(code, errors), tf.constant(1)), error);
    }
  }

  /**
   * Adds a pass to the graph.
   *
   * @param weights [B] of the rows, in training
   */
  Pass apply(GraphContext scope, FeatureTensors features, Optional<Operand<TFloating>> weights) {
    RebuiltInputs inputs = RebuiltInputs.of(scope.scope("inputs"), features, spec.group());
    Operand<TFloating> x = spec.group().map(g -> features.group(group(g))).orElseGet(features::all);
    Operand<TFloating> hidden = new Mlp(spec.layers(), 0).apply(scope.scope("encoder"), x);
    Operand<TFloating> code =
        new Dense(spec.dims(), Activation.LINEAR).apply(scope.scope("code"), hidden);
    List<Integer> back = new ArrayList<>(spec.layers());
    Collections.reverse(back);
    Operand<TFloating> rebuilt =
        new Dense(GraphContext.width(inputs.values()), Activation.LINEAR)
            .apply(scope.scope("rebuilt"), new Mlp(back, 0).apply(scope.scope("decoder"), code));
    return new Pass(
        code,
        inputs.error(scope, rebuilt),
        inputs.error(scope, mean(scope, inputs, weights).value()));
  }

  private static FeatureGroup group(String key) {
    return FeatureGroup.valueOf(key.toUpperCase(Locale.ROOT));
  }

  /**
   * A state that each step of training moves by its rows: of n rows before to (n m + sum) / (n +
   * w).
   */
  private static Variable mean(
      GraphContext scope, RebuiltInputs inputs, Optional<Operand<TFloating>> weights) {
    Shape shape = Shape.of(GraphContext.width(inputs.values()));
    Variable mean = state(scope, "mean", shape);
    Variable seen = state(scope, "seen", shape);
    if (scope.isTraining() && weights.isPresent()) {
      Ops tf = scope.tf();
      Operand<TFloating> counts =
          tf.math.mul(inputs.known(), tf.expandDims(weights.get(), tf.constant(1)));
      Operand<TFloating> apart = tf.math.mul(counts, tf.math.sub(inputs.values(), mean.value()));
      Operand<TFloating> now = tf.math.add(seen.value(), tf.sum(counts, tf.constant(0)));
      Operand<TFloating> moved =
          tf.math.add(mean.value(), tf.math.divNoNan(tf.sum(apart, tf.constant(0)), now));
      scope.atStepEnd(end -> end.assignVariableOp(mean.handle(), moved));
      scope.atStepEnd(end -> end.assignVariableOp(seen.handle(), now));
    }
    return mean;
  }

  private static Variable state(GraphContext scope, String name, Shape shape) {
    return scope.variables().get(scope.path() + "/" + name, shape, Initializer.zeros());
  }
}
