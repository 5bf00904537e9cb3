package org.mtl4j.core.error;

/**
 * What a message quotes of a value: one line, at most {@value #MAX_LENGTH} characters. A value of a
 * million characters, or with line breaks in it, would bury what the message has to say.
 */
public final class Excerpt {
  /** Longer text is cut. */
  public static final int MAX_LENGTH = 60;

  private static final String CUT = "...";

  private Excerpt() {}

  /** The text, or its beginning; characters that do not show are spelt as in Java. */
  public static String of(String text) {
    StringBuilder excerpt = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String spelt = spell(text.charAt(i));
      if (excerpt.length() + spelt.length() > MAX_LENGTH) {
        return cut(excerpt);
      }
      excerpt.append(spelt);
    }
    return excerpt.toString();
  }

  private static String cut(StringBuilder excerpt) {
    int length = Math.min(excerpt.length(), MAX_LENGTH - CUT.length());
    // Half a character would show as a question mark.
    boolean half = Character.isHighSurrogate(excerpt.charAt(length - 1));
    excerpt.setLength(half ? length - 1 : length);
    return excerpt.append(CUT).toString();
  }

  private static String spell(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : Character.toString(c);
    };
  }
}
