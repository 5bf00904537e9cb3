package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * How gradients are made smaller before optimisers see them; one of the three. Of a table the
 * gradient is that of the rows that the batch touches. Pascanu, Mikolov and Bengio, ICML 2013, for
 * the norms.
 *
 * @param globalNorm c: every gradient times {@code c / max(n, c)}, n the norm of all of them
 *     together
 * @param norm the same for each variable and each table by itself
 * @param value each element into [-value, value]
 */
public record GradientClipping(
    Optional<Double> globalNorm, Optional<Double> norm, Optional<Double> value) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if not exactly one is given, above 0
   */
  public GradientClipping {
    long given = Stream.of(globalNorm, norm, value).filter(Optional::isPresent).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "expected one of global_norm, norm and value, found " + given + " of them");
    }
    globalNorm.ifPresent(most -> Hyperparameters.positive("global_norm", most));
    norm.ifPresent(most -> Hyperparameters.positive("norm", most));
    value.ifPresent(most -> Hyperparameters.positive("value", most));
  }

  /**
   * The clipped gradients.
   *
   * @param parts what they are of
   */
  List<Optional<Operand<TFloating>>> apply(
      Ops tf, TrainedParts parts, List<Optional<Operand<TFloating>>> gradients) {
    if (value.isPresent()) {
      Operand<TFloating> most = parts.constant(tf, value.get());
      return mapped(gradients, g -> tf.clipByValue(g, tf.math.neg(most), most));
    }
    if (globalNorm.isPresent()) {
      List<Operand<TFloating>> squares = new ArrayList<>();
      gradients.forEach(gradient -> gradient.ifPresent(g -> squares.add(squares(tf, g))));
      if (squares.isEmpty()) {
        return gradients;
      }
      Operand<TFloating> most = parts.constant(tf, globalNorm.get());
      Operand<TFloating> factor = factor(tf, tf.math.addN(squares), most);
      return mapped(gradients, g -> tf.math.mul(g, factor));
    }
    Operand<TFloating> most = parts.constant(tf, norm.orElseThrow());
    List<Optional<Operand<TFloating>>> clipped = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      int index = i;
      clipped.add(
          gradients
              .get(i)
              .map(
                  g ->
                      index < parts.dense().size()
                          ? tf.math.mul(g, factor(tf, squares(tf, g), most))
                          : byTable(tf, parts, index - parts.dense().size(), g)));
    }
    return clipped;
  }

  /** [U, width]: a store's rows, each table's by the norm of its own. */
  private Operand<TFloating> byTable(
      Ops tf, TrainedParts parts, int store, Operand<TFloating> gradient) {
    Operand<TFloating> most = parts.constant(tf, norm.orElseThrow());
    Operand<TFloating> squares = tf.sum(tf.math.square(gradient), tf.constant(1));
    List<Operand<TFloating>> factors = new ArrayList<>();
    for (Operand<TFloating> rows : parts.rowsOfTables(tf, store)) {
      Operand<TFloating> sum = tf.sum(tf.math.mul(rows, squares), tf.constant(0));
      factors.add(tf.math.mul(rows, factor(tf, sum, most)));
    }
    return tf.math.mul(gradient, tf.expandDims(tf.math.addN(factors), tf.constant(1)));
  }

  private static Operand<TFloating> squares(Ops tf, Operand<TFloating> gradient) {
    Operand<TFloating> flat = tf.reshape(gradient, tf.constant(new int[] {-1}));
    return tf.sum(tf.math.square(flat), tf.constant(0));
  }

  private static Operand<TFloating> factor(
      Ops tf, Operand<TFloating> squares, Operand<TFloating> most) {
    return tf.math.div(most, tf.math.maximum(tf.math.sqrt(squares), most));
  }

  private static List<Optional<Operand<TFloating>>> mapped(
      List<Optional<Operand<TFloating>>> gradients, UnaryOperator<Operand<TFloating>> how) {
    List<Optional<Operand<TFloating>>> mapped = new ArrayList<>();
    gradients.forEach(gradient -> mapped.add(gradient.map(how)));
    return mapped;
  }
}
