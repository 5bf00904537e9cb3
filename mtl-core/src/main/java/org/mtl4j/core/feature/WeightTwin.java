package org.mtl4j.core.feature;

import java.util.Locale;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.schema.WeightRule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * {@link WeightRule} in a graph, which cannot refuse a row: what is no number weighs 1, as if there
 * was none, a number below 0 weighs 0, and one beyond float32 3.4e38.
 */
final class WeightTwin {
  private static final String BLANKS = " \\t\\n\\f\\r";
  private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

  private final Ops tf;
  private final String separator;

  /** A twin that makes its operations in a scope. */
  WeightTwin(Ops tf, WeightRule rule) {
    this.tf = tf;
    this.separator = String.format(Locale.ROOT, "\\x{%x}", rule.separator().codePointAt(0));
  }

  /** Values without their weights. */
  Operand<TString> values(Operand<TString> texts) {
    String weight = "[%s]*%s[^%s]*$".formatted(BLANKS, separator, separator);
    return tf.strings.staticRegexReplace(texts, weight, "");
  }

  /**
   * What values weigh; 0 for padding.
   *
   * @param texts the values with their weights
   * @param ids of the values
   */
  Operand<TFloat32> weights(Operand<TString> texts, Operand<TInt64> ids) {
    String value = "(?s)^.*%s[%s]*".formatted(separator, BLANKS);
    Operand<TString> behind = tf.strings.staticRegexReplace(texts, value, "");
    Operand<TBool> isNumber =
        tf.math.logicalAnd(
            tf.strings.staticRegexFullMatch(texts, "(?s).*%s.*".formatted(separator)),
            tf.strings.staticRegexFullMatch(behind, NUMBER));
    Operand<TString> one = tf.fill(tf.shape(texts), tf.constant("1"));
    Operand<TFloat64> spelt = tf.strings.toNumber(tf.select(isNumber, behind, one), TFloat64.class);
    Operand<TFloat32> weights =
        tf.dtypes.cast(
            tf.math.maximum(
                tf.math.minimum(spelt, tf.constant((double) Float.MAX_VALUE)), tf.constant(0d)),
            TFloat32.class);
    Operand<TBool> counts =
        tf.math.logicalAnd(
            tf.math.greaterEqual(weights, tf.constant(Float.MIN_NORMAL)),
            tf.math.notEqual(ids, tf.constant((long) ListColumns.PADDING)));
    return tf.select(counts, weights, tf.zerosLike(weights));
  }
}
