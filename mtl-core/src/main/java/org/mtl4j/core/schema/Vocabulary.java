package org.mtl4j.core.schema;

import java.util.List;
import org.mtl4j.core.task.Rows;

/**
 * The values of a categorical column, learnt from the training split. Id {@value #MISSING} is a
 * missing value, id {@value #OUT_OF_VOCABULARY} any other value, and the tokens follow in order.
 */
public final class Vocabulary {
  /** The id of a missing value. */
  public static final int MISSING = 0;

  /** The id of a value that is not in the vocabulary. */
  public static final int OUT_OF_VOCABULARY = 1;

  /** The id of the first token. */
  public static final int FIRST_TOKEN = 2;

  private final List<String> tokens;
  private final TokenIndex index = new TokenIndex();

  /**
   * A vocabulary of tokens in order.
   *
   * @throws IllegalArgumentException if a token is empty, stands twice, or is not {@linkplain
   *     UnicodeText well formed}
   */
  public Vocabulary(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (token.isEmpty() || index.add(token) != i) {
        throw new IllegalArgumentException("token " + i + " is empty or a duplicate: " + token);
      }
      if (!UnicodeText.isWellFormed(token)) {
        throw new IllegalArgumentException("token " + i + " holds half of a surrogate pair");
      }
    }
  }

  /** The tokens in the order of their ids. */
  public List<String> tokens() {
    return tokens;
  }

  /** Number of ids: tokens, missing and out of vocabulary. */
  public int size() {
    return tokens.size() + FIRST_TOKEN;
  }

  /** The id of a value; null and the empty text are missing. */
  public int id(String value) {
    if (value == null || value.isEmpty()) {
      return MISSING;
    }
    int number = index.find(value);
    if (number < 0) {
      number = index.find(UnicodeText.wellFormed(value));
    }
    return number < 0 ? OUT_OF_VOCABULARY : FIRST_TOKEN + number;
  }

  /** The id of a number as {@link Rows} spell it; NaN is missing. */
  public int id(double number) {
    long whole = (long) number;
    if (whole != number || whole == Long.MAX_VALUE) {
      return id(Rows.spell(number));
    }
    int found = index.find(whole);
    return found < 0 ? OUT_OF_VOCABULARY : FIRST_TOKEN + found;
  }

  /** The id of a value as bytes of UTF-8; no bytes are missing. */
  public int id(byte[] utf8, int from, int length) {
    if (length == 0) {
      return MISSING;
    }
    int number = index.find(utf8, from, length);
    return number < 0 ? OUT_OF_VOCABULARY : FIRST_TOKEN + number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && tokens.equals(that.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  @Override
  public String toString() {
    return "Vocabulary of " + tokens.size() + " tokens";
  }
}
