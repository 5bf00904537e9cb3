package org.mtl4j.core.schema;

import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.core.task.SeparatedText;

/**
 * Where a list's values carry weights: behind the last separator in a value, as in {@code
 * drama:0.5}, blanks around the separator taken off. A value with nothing there weighs 1.
 *
 * @param separator one character
 */
public record WeightRule(String separator) {
  /**
   * Checks the separator.
   *
   * @throws IllegalArgumentException if it is not one character
   */
  public WeightRule {
    if (separator.codePointCount(0, separator.length()) != 1
        || !UnicodeText.isWellFormed(separator)) {
      throw new IllegalArgumentException(
          "weight_separator: expected one character, found \"" + separator + "\"");
    }
  }

  /** A value without its weight; the empty text if there is nothing but a weight. */
  public String value(String text) {
    int end = text.lastIndexOf(separator);
    if (end < 0) {
      return text;
    }
    while (end > 0 && SeparatedText.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** A value's weight; NaN if that is no number from 0 to 3.4e38. Below 1.2e-38 it is 0. */
  public float weight(String text) {
    int at = text.lastIndexOf(separator);
    int from = at < 0 ? text.length() : at + separator.length();
    while (from < text.length() && SeparatedText.isBlank(text.charAt(from))) {
      from++;
    }
    if (from == text.length()) {
      return 1;
    }
    float weight = (float) Decimals.valueOf(text.substring(from));
    if (!(weight >= 0) || Float.isInfinite(weight)) {
      return Float.NaN;
    }
    return weight < Float.MIN_NORMAL ? 0 : weight;
  }

  /**
   * What to say of a value whose weight is NaN.
   *
   * @param place of the row
   * @param column the feature's
   */
  public MtlException refusal(String place, String column, String text) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            place,
            ("The column \"%s\" has the value \"%s\": expected a weight from 0 to 3.4e38 behind"
                    + " its last \"%s\", or nothing.")
                .formatted(column, Excerpt.of(text), separator),
            "Mend the weight, leave such rows out by data.where, or take another weight_separator"
                + " if the character is part of the values."));
  }
}
