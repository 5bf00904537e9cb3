package org.mtl4j.core.graph.sequence;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The last state of a gated recurrent unit (Cho and others, EMNLP 2014), its reset gate applied
 * after the product. With x a step's value and h the state before, 0 at first:
 *
 * <pre>
 * z = sigmoid(x W_z + b_z + h U_z + c_z)
 * r = sigmoid(x W_r + b_r + h U_r + c_r)
 * n = tanh(x W_n + b_n + r * (h U_n + c_n))
 * h' = z * h + (1 - z) * n
 * </pre>
 *
 * <p>Variables {@code kernel} [dim, 3 units], {@code bias} [3 units], {@code recurrent_kernel}
 * [units, 3 units] and {@code recurrent_bias} [3 units], each with its z, r and n side by side, as
 * Keras has them.
 *
 * @param units width of the state
 */
public record Gru(int units) {
  private static final int GATES = 3;

  /**
   * Encodes histories.
   *
   * @param history with L its length
   * @return [B, units]; zeros for a history without values
   */
  public Operand<TFloating> apply(GraphContext context, History history) {
    Ops tf = context.tf();
    Steps steps = new Steps(context, history, units, GATES);
    List<Operand<TFloating>> inputs = steps.inputs();
    List<Operand<TFloating>> masks = steps.masks();
    Operand<TFloating> kernel = steps.recurrentKernel();
    Operand<TFloating> bias =
        context.variable("recurrent_bias", Shape.of((long) GATES * units), Initializer.zeros());
    Operand<TFloating> state = steps.zeros();
    for (int t = 0; t < history.length(); t++) {
      Operand<TFloating> x = inputs.get(t);
      Operand<TFloating> h = tf.nn.biasAdd(tf.linalg.matMul(state, kernel), bias);
      Operand<TFloating> z = tf.math.sigmoid(tf.math.add(steps.gate(x, 0), steps.gate(h, 0)));
      Operand<TFloating> r = tf.math.sigmoid(tf.math.add(steps.gate(x, 1), steps.gate(h, 1)));
      Operand<TFloating> n =
          tf.math.tanh(tf.math.add(steps.gate(x, 2), tf.math.mul(r, steps.gate(h, 2))));
      Operand<TFloating> next = tf.math.add(n, tf.math.mul(z, tf.math.sub(state, n)));
      state = steps.step(masks.get(t), state, next);
    }
    return state;
  }
}
