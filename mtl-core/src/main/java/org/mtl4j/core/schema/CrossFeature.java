package org.mtl4j.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * Two or more categorical features as one: each combination of their values is a value of its own,
 * looked up in an embedding table. A model sees the pair of country and device, say, which it would
 * otherwise have to make of both.
 *
 * @param value the feature, and how a combination, spelt by {@link #join}, becomes a row of which
 *     table; its column is none of the source's
 * @param of the features whose values are combined, in order
 */
public record CrossFeature(CategoricalFeature value, List<CategoricalFeature> of)
    implements FeatureSpec {
  /** Between two values. */
  public static final String SEPARATOR = "\u001f";

  /** What is escaped in a value, as a regular expression. */
  public static final String ESCAPED = "([\\x1e\\x1f])";

  /** What takes its place. */
  public static final String ESCAPE = "\u001e\\1";

  /**
   * Checks the number of features.
   *
   * @throws IllegalArgumentException if there is but one
   */
  public CrossFeature {
    of = List.copyOf(of);
    if (of.size() < 2) {
      throw new IllegalArgumentException("features: expected two at least, found " + of.size());
    }
  }

  @Override
  public String name() {
    return value.name();
  }

  @Override
  public Optional<FeatureGroup> group() {
    return value.group();
  }

  /** Those of the features that are combined. */
  @Override
  public List<String> columns() {
    return of.stream().map(CategoricalFeature::column).toList();
  }

  /**
   * Values as one text: with U+001F, the unit separator, between two. Where it stands in a value,
   * or U+001E does, U+001E stands before it, so that no two combinations are one text.
   */
  public static String join(List<String> values) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        joined.append(SEPARATOR);
      }
      String value = values.get(i);
      escape(value, joined);
    }
    return joined.toString();
  }

  private static void escape(String value, StringBuilder joined) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\u001e' || c == '\u001f') {
        joined.append('\u001e');
      }
      joined.append(c);
    }
  }
}
