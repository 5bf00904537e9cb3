package org.mtl4j.core.schema;

/**
 * Small letters in place of capital ones, letter by letter, whatever stands beside them and in any
 * country: Unicode's simple mapping of the scripts whose pairs are long settled (Latin, Greek,
 * Cyrillic, Armenian, Georgian, Cherokee: code points below U+1C80 and from U+1E00 to U+1FFF) and
 * of Latin in full width. U+0130, the Turkish capital i with a dot, becomes i, and sigma always
 * U+03C3, where a language's own rules would differ.
 */
public final class SmallLetters {
  /** Code points from here on stay, but for {@link #FULL_WIDTH_A} to {@link #FULL_WIDTH_Z}. */
  public static final int END = 0x2000;

  /** The first capital letter in full width. */
  public static final int FULL_WIDTH_A = 0xFF21;

  /** The last. */
  public static final int FULL_WIDTH_Z = 0xFF3A;

  /** From a capital letter in full width to its small one. */
  public static final int FULL_WIDTH_STEP = 0x20;

  private static final int UNSETTLED = 0x1C80;
  private static final int SETTLED_AGAIN = 0x1E00;

  private SmallLetters() {}

  /** The small letter of a code point; itself where there is none. */
  public static int of(int codePoint) {
    if (codePoint >= FULL_WIDTH_A && codePoint <= FULL_WIDTH_Z) {
      return codePoint + FULL_WIDTH_STEP;
    }
    return codePoint < UNSETTLED || (codePoint >= SETTLED_AGAIN && codePoint < END)
        ? Character.toLowerCase(codePoint)
        : codePoint;
  }
}
