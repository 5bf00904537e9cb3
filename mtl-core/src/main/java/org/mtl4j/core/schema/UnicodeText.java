package org.mtl4j.core.schema;

/**
 * Text that has a UTF-8 form. A Java string may hold half of a surrogate pair, say where a program
 * cut an emoji in two; UTF-8 cannot, nor can a file, a request or a graph. Each such half counts as
 * U+FFFD, Unicode's replacement character, wherever text enters, so that Java and graph agree.
 */
public final class UnicodeText {
  private static final int REPLACEMENT = 0xFFFD;

  private UnicodeText() {}

  /** Whether every surrogate of the text is one of a pair. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The text, with U+FFFD in the place of each half of a pair. */
  public static String wellFormed(String text) {
    if (isWellFormed(text)) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isBmpCodePoint(c) && Character.isSurrogate((char) c) ? REPLACEMENT : c)
        .forEach(mended::appendCodePoint);
    return mended.toString();
  }
}
