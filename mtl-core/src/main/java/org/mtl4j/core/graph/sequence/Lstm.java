package org.mtl4j.core.graph.sequence;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The last output of a long short-term memory (Hochreiter and Schmidhuber 1997; forget gate of Gers
 * and others 2000). With x a step's value, h the output and c the cell before, 0 at first:
 *
 * <pre>
 * i = sigmoid(x W_i + h U_i + b_i)
 * f = sigmoid(x W_f + h U_f + b_f + 1)
 * g = tanh(x W_g + h U_g + b_g)
 * o = sigmoid(x W_o + h U_o + b_o)
 * c' = f * c + i * g
 * h' = o * tanh(c')
 * </pre>
 *
 * <p>Variables {@code kernel} [dim, 4 units], {@code bias} [4 units] and {@code recurrent_kernel}
 * [units, 4 units], each with its i, f, g and o side by side. The 1 keeps cells at first
 * (Jozefowicz and others, ICML 2015); Keras has it in the bias.
 *
 * @param units width of the state
 */
public record Lstm(int units) {
  private static final int GATES = 4;

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
    Operand<TFloating> output = steps.zeros();
    Operand<TFloating> cell = output;
    for (int t = 0; t < history.length(); t++) {
      Operand<TFloating> sums = tf.math.add(inputs.get(t), tf.linalg.matMul(output, kernel));
      Operand<TFloating> input = tf.math.sigmoid(steps.gate(sums, 0));
      Operand<TFloating> forget =
          tf.math.sigmoid(tf.math.add(steps.gate(sums, 1), context.constant(1)));
      Operand<TFloating> candidate = tf.math.tanh(steps.gate(sums, 2));
      Operand<TFloating> show = tf.math.sigmoid(steps.gate(sums, 3));
      Operand<TFloating> next =
          tf.math.add(tf.math.mul(forget, cell), tf.math.mul(input, candidate));
      output = steps.step(masks.get(t), output, tf.math.mul(show, tf.math.tanh(next)));
      cell = steps.step(masks.get(t), cell, next);
    }
    return output;
  }
}
