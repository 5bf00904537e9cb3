package org.mtl4j.core.task;

/**
 * A word of an expression.
 *
 * @param kind what sort of word
 * @param text its content: quotes taken off, doubled quotes made single
 * @param start index of its first character
 */
record Token(Kind kind, String text, int start) {
  /** Sorts of words. */
  enum Kind {
    /** A number. */
    NUMBER,
    /** 'Text'. */
    TEXT,
    /** A column in backquotes. */
    QUOTED_COLUMN,
    /** A keyword, a function or a column: its place decides. */
    WORD,
    /** An operator, a parenthesis or a comma. */
    SYMBOL,
    /** Behind the last word. */
    END
  }

  /** Whether it is this keyword or symbol. */
  boolean is(String keyword) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(keyword);
  }

  /** The token as messages show it. */
  String describe() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "'" + text + "'";
      case QUOTED_COLUMN -> "`" + text + "`";
      case NUMBER, WORD, SYMBOL -> "\"" + text + "\"";
    };
  }
}
