package org.mtl4j.core.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * How a text becomes tokens: cut into words at {@link WordBreaks}, in {@link SmallLetters} if asked
 * for; then the words, or the characters of the words with one blank between two words; then every
 * run of {@code minN} to {@code maxN} of these (n-grams), short runs first, in the text's order.
 * Runs of words have a blank between two. No normal form is taken: U+00E9 and e with a combining
 * accent differ.
 *
 * @param unit what runs are made of
 * @param minN units of the shortest runs
 * @param maxN units of the longest runs
 * @param lowercase whether capital letters become small
 * @param maxLength so many tokens at most, the first ones
 */
public record TextRule(Unit unit, int minN, int maxN, boolean lowercase, int maxLength)
    implements TokenRule {
  /** Beyond that every run is a value of its own. */
  private static final int LONGEST = 16;

  /** What runs are made of. */
  public enum Unit {
    /** Words. */
    WORDS(" ", 1),
    /** Characters (code points) of words, and the blank between two words. */
    CHARACTERS("", 3);

    private final String between;
    private final int defaultN;

    Unit(String between, int defaultN) {
      this.between = between;
      this.defaultN = defaultN;
    }

    /** What stands between two units of a run. */
    public String between() {
      return between;
    }

    /** How long runs are, if nobody says. */
    public int defaultN() {
      return defaultN;
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public TextRule {
    if (minN < 1 || minN > LONGEST) {
      throw new IllegalArgumentException(
          "min_n: expected 1 to %d, found %d".formatted(LONGEST, minN));
    }
    if (maxN < minN || maxN > LONGEST) {
      throw new IllegalArgumentException(
          "max_n: expected min_n, %d, to %d, found %d".formatted(minN, LONGEST, maxN));
    }
    if (maxLength < 1) {
      throw new IllegalArgumentException("max_length: expected at least 1, found " + maxLength);
    }
  }

  @Override
  public TextRule withMaxLength(int length) {
    return new TextRule(unit, minN, maxN, lowercase, length);
  }

  @Override
  public List<String> values(String text) {
    List<String> tokens = new ArrayList<>();
    if (text == null) {
      return tokens;
    }
    List<String> units = units(UnicodeText.wellFormed(text));
    for (int n = minN; n <= maxN; n++) {
      for (int i = 0; i + n <= units.size(); i++) {
        if (tokens.size() == maxLength) {
          return tokens;
        }
        tokens.add(String.join(unit.between(), units.subList(i, i + n)));
      }
    }
    return tokens;
  }

  private List<String> units(String text) {
    StringBuilder words = new StringBuilder();
    boolean pause = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (WordBreaks.isBreak(c)) {
        pause = words.length() > 0;
        continue;
      }
      if (pause) {
        words.append(' ');
        pause = false;
      }
      words.appendCodePoint(lowercase ? SmallLetters.of(c) : c);
    }
    if (words.length() == 0) {
      return List.of();
    }
    return unit == Unit.WORDS
        ? List.of(words.toString().split(" "))
        : words.codePoints().mapToObj(Character::toString).toList();
  }
}
