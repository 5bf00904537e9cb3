package org.mtl4j.core.feature;

import java.util.List;
import java.util.stream.LongStream;
import org.mtl4j.core.schema.SmallLetters;
import org.mtl4j.core.schema.TextRule;
import org.mtl4j.core.schema.WordBreaks;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.strings.StringNGrams;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.op.strings.UnicodeDecode;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * {@link TextRule#values} in a graph. TensorFlow's own lower-casing follows the language of the
 * machine it runs on; here letters go through a table that Java made.
 */
final class TextTwin {
  private static final String UTF_8 = "UTF-8";

  /** Breaks are blanks by then, and this is one. */
  private static final String MARK = "|";

  private final Ops tf;
  private final TextRule rule;
  private final int length;

  /**
   * A twin that makes its operations in a scope.
   *
   * @param length tokens a row, at most the rule's
   */
  TextTwin(Ops tf, TextRule rule, int length) {
    this.tf = tf;
    this.rule = rule;
    this.length = length;
  }

  /**
   * The tokens of texts, the empty text where a list has no more.
   *
   * @param texts [B]
   * @return [B, length]
   */
  Operand<TString> values(Operand<TString> texts) {
    Operand<TString> words = words(texts);
    StringSplit units =
        rule.unit() == TextRule.Unit.WORDS
            ? tf.strings.stringSplit(words, tf.constant(" "))
            : tf.strings.stringSplit(marked(words), tf.constant(MARK));
    StringNGrams<TInt64> runs =
        tf.strings.stringNGrams(
            units.values(),
            splits(units),
            rule.unit().between(),
            LongStream.rangeClosed(rule.minN(), rule.maxN()).boxed().toList(),
            "",
            "",
            0L,
            false);
    Operand<TString> padded =
        tf.ragged.raggedTensorToTensor(
            tf.constant(new long[] {-1, length}),
            runs.ngrams(),
            tf.constant(""),
            List.of(runs.ngramsSplits()),
            List.of("ROW_SPLITS"));
    return tf.ensureShape(padded, Shape.of(-1, length));
  }

  /** A mark between two characters; one at the end, TensorFlow 2.18 makes an empty unit of. */
  private Operand<TString> marked(Operand<TString> words) {
    Operand<TString> marked = tf.strings.staticRegexReplace(words, "(?s)(.)", "\\1" + MARK);
    return tf.strings.staticRegexReplace(marked, "\\" + MARK + "$", "");
  }

  /** The words with one blank between two. */
  private Operand<TString> words(Operand<TString> texts) {
    Operand<TString> single = tf.strings.staticRegexReplace(texts, WordBreaks.pattern() + "+", " ");
    Operand<TString> words = tf.strings.staticRegexReplace(single, "^ | $", "");
    return rule.lowercase() ? lower(words) : words;
  }

  private Operand<TString> lower(Operand<TString> words) {
    UnicodeDecode<TInt64> decoded = tf.strings.unicodeDecode(words, UTF_8, TInt64.class);
    Operand<TInt32> letters = decoded.charValues();
    int[] table = new int[SmallLetters.END];
    for (int c = 0; c < table.length; c++) {
      table[c] = SmallLetters.of(c);
    }
    Operand<TInt32> last = tf.constant(SmallLetters.END - 1);
    Operand<TInt32> known =
        tf.gather(tf.constant(table), tf.math.minimum(letters, last), tf.constant(0));
    Operand<TInt32> lowered = tf.select(tf.math.lessEqual(letters, last), known, letters);
    Operand<TBool> fullWidth =
        tf.math.logicalAnd(
            tf.math.greaterEqual(letters, tf.constant(SmallLetters.FULL_WIDTH_A)),
            tf.math.lessEqual(letters, tf.constant(SmallLetters.FULL_WIDTH_Z)));
    lowered =
        tf.select(
            fullWidth, tf.math.add(letters, tf.constant(SmallLetters.FULL_WIDTH_STEP)), lowered);
    return tf.strings.unicodeEncode(lowered, decoded.rowSplits(), UTF_8);
  }

  /** Where each row's units begin and, behind the last, end: [B + 1]. */
  private Operand<TInt64> splits(StringSplit units) {
    Operand<TInt64> rows =
        tf.squeeze(
            tf.slice(
                units.indices(), tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1})),
            Squeeze.axis(List.of(1L)));
    Operand<TInt64> count = tf.gather(units.shape(), tf.constant(0), tf.constant(0));
    Operand<TInt64> each = tf.math.unsortedSegmentSum(tf.onesLike(rows), rows, count);
    return tf.concat(
        List.of(tf.constant(new long[] {0}), tf.math.cumsum(each, tf.constant(0))), tf.constant(0));
  }
}
