package org.mtl4j.core.schema;

import java.util.List;
import org.mtl4j.core.task.SeparatedText;

/**
 * How a text becomes a list of values: cut at a separator as {@link SeparatedText} says, then at a
 * length.
 *
 * @param separator one character
 * @param maxLength so many values at most
 * @param keep which ones of a longer list
 */
public record ListRule(String separator, int maxLength, Keep keep) implements TokenRule {
  /** Which values of a list that is too long stay. */
  public enum Keep {
    /** Those at its beginning. */
    FIRST,
    /** Those at its end: the newest of a history. */
    LAST
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the separator is not one character or the length below 1
   */
  public ListRule {
    new SeparatedText(separator);
    if (maxLength < 1) {
      throw new IllegalArgumentException("max_length: expected at least 1, found " + maxLength);
    }
  }

  @Override
  public ListRule withMaxLength(int length) {
    return new ListRule(separator, length, keep);
  }

  @Override
  public List<String> values(String text) {
    List<String> values = new SeparatedText(separator).values(text);
    int extra = Math.max(0, values.size() - maxLength);
    return keep == Keep.FIRST
        ? values.subList(0, values.size() - extra)
        : values.subList(extra, values.size());
  }
}
