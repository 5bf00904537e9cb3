package org.mtl4j.core.schema;

import java.util.List;

/** How one text becomes a list of values. */
public sealed interface TokenRule permits ListRule, TextRule {
  /** So many values at most. */
  int maxLength();

  /** The values of a text, at most {@link #maxLength}; none for null. */
  List<String> values(String text);

  /** The same rule for lists of another length. */
  TokenRule withMaxLength(int length);
}
