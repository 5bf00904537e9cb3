package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.balancing.LossBalancing;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Whether what a balancing method hands to the optimisers fits what they update: one gradient or
 * none for each trained tensor, of its shape. Native updates of a table write past the end of rows
 * that are too wide, and the process ends without a word.
 */
final class GradientShapes {
  private GradientShapes() {}

  /**
   * The gradients, after a comparison as far as the graph knows their shapes. Where it does not, as
   * the number of rows that a batch looks up, another number of values fails the step.
   *
   * @param method what gave them
   * @param names of the trained tensors: variables, then stores of tables
   * @param trained the tensors themselves
   * @throws IllegalArgumentException naming method, variable, what was expected and what was found
   */
  static List<Optional<Operand<TFloating>>> fitted(
      Ops tf,
      LossBalancing method,
      List<Optional<Operand<TFloating>>> gradients,
      List<String> names,
      List<Operand<TFloating>> trained) {
    if (gradients.size() != trained.size()) {
      throw new IllegalArgumentException(
          "The balancing method %s was expected to give a gradient, or none, for each of the %d trained tensors %s; found %d of them."
              .formatted(method, trained.size(), names, gradients.size()));
    }
    List<Optional<Operand<TFloating>>> fitted = new ArrayList<>();
    for (int i = 0; i < trained.size(); i++) {
      Operand<TFloating> tensor = trained.get(i);
      String name = names.get(i);
      fitted.add(gradients.get(i).map(g -> fitted(tf, method, name, tensor, g)));
    }
    return fitted;
  }

  private static Operand<TFloating> fitted(
      Ops tf,
      LossBalancing method,
      String name,
      Operand<TFloating> tensor,
      Operand<TFloating> gradient) {
    Shape expected = tensor.asOutput().shape();
    Shape found = gradient.asOutput().shape();
    if (!found.isCompatibleWith(expected)) {
      throw new IllegalArgumentException(
          "The balancing method %s was expected to give a gradient of %s in its shape %s, found one of shape %s (-1: any number); gradients come in the order of those that it is given."
              .formatted(method, name, expected, found));
    }
    return found.hasUnknownDimension() ? tf.reshape(gradient, tf.shape(tensor)) : gradient;
  }
}
