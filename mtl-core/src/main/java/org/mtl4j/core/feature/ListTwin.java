package org.mtl4j.core.feature;

import java.util.List;
import java.util.Locale;
import org.mtl4j.core.schema.ListRule;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** {@link ListRule#values} in a graph. */
final class ListTwin {
  private static final String BLANKS = " \\t\\n\\f\\r";

  private final Ops tf;
  private final ListRule rule;
  private final int length;

  /**
   * A twin that makes its operations in a scope.
   *
   * @param length values a row, at most the rule's
   */
  ListTwin(Ops tf, ListRule rule, int length) {
    this.tf = tf;
    this.rule = rule;
    this.length = length;
  }

  /**
   * The values of texts, the empty text where a list has no more.
   *
   * @param texts [B]
   * @return [B, length]
   */
  Operand<TString> values(Operand<TString> texts) {
    StringSplit split =
        tf.strings.stringSplit(onlySeparators(texts), tf.constant(rule.separator()));
    // As wide as the longest list of the request, and never narrower than the result.
    Operand<TInt64> rows = tf.slice(split.shape(), constant(0), constant(1));
    Operand<TInt64> widest =
        tf.math.maximum(tf.slice(split.shape(), constant(1), constant(1)), constant(length));
    Operand<TString> all =
        tf.sparse.sparseToDense(
            split.indices(),
            tf.concat(List.of(rows, widest), tf.constant(0)),
            split.values(),
            tf.constant(""));
    Operand<TString> kept =
        rule.keep() == ListRule.Keep.FIRST
            ? tf.slice(all, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, length}))
            : last(all);
    return tf.ensureShape(kept, Shape.of(-1, length));
  }

  private Operand<TInt64> constant(long value) {
    return tf.constant(new long[] {value});
  }

  /** The texts with one separator between two values, no blanks around it and none at the ends. */
  private Operand<TString> onlySeparators(Operand<TString> texts) {
    String separator = String.format(Locale.ROOT, "\\x{%x}", rule.separator().codePointAt(0));
    Operand<TString> single =
        tf.strings.staticRegexReplace(
            texts,
            "[%s]*(?:%s[%s]*)+".formatted(BLANKS, separator, BLANKS),
            rule.separator().equals("\\") ? "\\\\" : rule.separator());
    String ends = "[" + BLANKS + separator + "]+";
    return tf.strings.staticRegexReplace(single, "^" + ends + "|" + ends + "$", "");
  }

  /** The last values of each row, moved to its beginning. */
  private Operand<TString> last(Operand<TString> all) {
    Operand<TBool> present = tf.math.notEqual(all, tf.constant(""));
    Operand<TInt64> count =
        tf.reduceSum(
            tf.dtypes.cast(present, TInt64.class), tf.constant(1), ReduceSum.keepDims(true));
    Operand<TInt64> start =
        tf.math.maximum(tf.math.sub(count, tf.constant((long) length)), tf.constant(0L));
    Operand<TInt64> places =
        tf.math.add(start, tf.range(tf.constant(0L), tf.constant((long) length), tf.constant(1L)));
    return tf.gather(all, places, tf.constant(1), Gather.batchDims(1L));
  }
}
