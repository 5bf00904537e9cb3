package org.mtl4j.models.unsupervised;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedIds;
import org.mtl4j.core.feature.FittedNumbers;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.TableSpec;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * What a code is to rebuild of some features: numbers as a model sees them, in fitted units, and of
 * ids the indicators of their classes, an id modulo {@value #MOST_CLASSES} or the rows of its table
 * if those are fewer. None of it is trained. The vectors of the ids would be a target that training
 * makes easy by making them all alike.
 *
 * <p>An indicator's variance over the rows is at most that of a standardised number, so that
 * features weigh about the same, and a linear code of them is that of their principal components.
 * Lists are read, and not rebuilt. A number that is missing has no say where the feature has an
 * {@code indicator}; else it is the mean, as the model sees it.
 *
 * @param values [B, T]
 * @param known [B, T]: 1, or 0 where there is nothing to rebuild
 * @param units numbers and ids a row: what an error is divided by
 */
record RebuiltInputs(Operand<TFloating> values, Operand<TFloating> known, int units) {
  /** A softmax of as many classes costs no more than a layer. */
  static final int MOST_CLASSES = 64;

  /** Those of features, side by side. */
  static RebuiltInputs of(GraphContext scope, FeatureTensors features, Optional<String> group) {
    List<Operand<TFloating>> values = new ArrayList<>();
    List<Operand<TFloating>> known = new ArrayList<>();
    int units = 0;
    for (FittedFeature feature : features.fitted()) {
      if (group.isPresent() && !feature.spec().group().map(g -> g.key()).equals(group)) {
        continue;
      }
      if (feature instanceof FittedNumbers numbers) {
        Operand<TFloating> value = features.feature(numbers.name());
        values.add(value);
        known.add(known(scope, numbers, value));
        units += numbers.width();
      } else if (feature instanceof FittedIds ids) {
        List<Operand<TInt64>> columns = features.ids(ids);
        for (int i = 0; i < columns.size(); i++) {
          Operand<TFloating> classes = classes(scope, ids.tables().get(i), columns.get(i));
          values.add(classes);
          known.add(scope.tf().onesLike(classes));
        }
        units += columns.size();
      }
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a number or an id among the features to rebuild, found none");
    }
    Ops tf = scope.tf();
    return new RebuiltInputs(
        WideOps.concat(tf, values, 1), tf.stopGradient(WideOps.concat(tf, known, 1)), units);
  }

  private static Operand<TFloating> known(
      GraphContext scope, FittedNumbers feature, Operand<TFloating> value) {
    Ops tf = scope.tf();
    if (!(feature instanceof FittedNumeric numeric && numeric.spec().indicator())) {
      return tf.onesLike(value);
    }
    Operand<TFloating> missing =
        tf.slice(value, tf.constant(new int[] {0, 1}), tf.constant(new int[] {-1, 1}));
    return tf.concat(
        List.of(tf.math.sub(scope.constant(1), missing), tf.onesLike(missing)), tf.constant(1));
  }

  private static Operand<TFloating> classes(
      GraphContext scope, TableSpec table, Operand<TInt64> ids) {
    Ops tf = scope.tf();
    int classes = Math.min(table.rows(), MOST_CLASSES);
    Operand<TInt64> of = tf.math.floorMod(ids, tf.constant((long) classes));
    return tf.oneHot(of, tf.constant(classes), scope.constant(1), scope.constant(0));
  }

  /**
   * The error of each row [B] of what was rebuilt: squared, a unit on average.
   *
   * @param rebuilt [B, T], or [T] for all rows
   */
  Operand<TFloating> error(GraphContext scope, Operand<TFloating> rebuilt) {
    Ops tf = scope.tf();
    Operand<TFloating> difference = tf.math.mul(known, tf.math.sub(values, rebuilt));
    Operand<TFloating> squares = tf.math.mul(difference, difference);
    return tf.math.mul(tf.sum(squares, tf.constant(1)), scope.constant(1.0 / units));
  }
}
