package org.mtl4j.core.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** Cuts an expression into tokens. */
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  private static final Pattern SYMBOL = Pattern.compile("==|!=|<=|>=|[<>+\\-*/(),]");

  /** What people write who come from other languages, and what it is called here. */
  private static final Map<Character, String> REMEDIES =
      Map.of(
          '=', "Equality is written ==.",
          '&', "Write and.",
          '|', "Write or.",
          '!', "Write not, or != between two values.",
          '"', "Text stands in single quotes: 'text'.");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Lexer(String source) {
    this.source = source;
  }

  /**
   * The tokens of an expression, the last one being the end.
   *
   * @throws MtlException if a character belongs to no token, or a quote is not closed
   */
  static List<Token> tokens(String source) {
    Lexer lexer = new Lexer(source);
    while (lexer.position < source.length()) {
      lexer.next();
    }
    lexer.tokens.add(new Token(Token.Kind.END, "", source.length()));
    return lexer.tokens;
  }

  private void next() {
    char c = source.charAt(position);
    if (Character.isWhitespace(c)) {
      position++;
    } else if (c == '\'') {
      quoted(c, Token.Kind.TEXT);
    } else if (c == '`') {
      quoted(c, Token.Kind.QUOTED_COLUMN);
    } else if (!matched(NUMBER, Token.Kind.NUMBER)
        && !matched(WORD, Token.Kind.WORD)
        && !matched(SYMBOL, Token.Kind.SYMBOL)) {
      throw unknown(c);
    }
  }

  private boolean matched(Pattern pattern, Token.Kind kind) {
    Matcher matcher = pattern.matcher(source).region(position, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    tokens.add(new Token(kind, matcher.group(), position));
    position = matcher.end();
    return true;
  }

  private void quoted(char quote, Token.Kind kind) {
    StringBuilder content = new StringBuilder();
    int start = position;
    for (int i = start + 1; i < source.length(); i++) {
      boolean atQuote = source.charAt(i) == quote;
      boolean doubled = atQuote && i + 1 < source.length() && source.charAt(i + 1) == quote;
      if (atQuote && !doubled) {
        tokens.add(new Token(kind, content.toString(), start));
        position = i + 1;
        return;
      }
      content.append(source.charAt(i));
      i += doubled ? 1 : 0;
    }
    throw syntax(source, start, "expected a closing " + quote + ", found the end", "");
  }

  private MtlException unknown(char c) {
    return syntax(
        source,
        position,
        "expected a value or an operator, found \"" + c + "\"",
        REMEDIES.getOrDefault(
            c,
            "A column whose name is not made of letters, digits, _ and . stands in backquotes."));
  }

  /** The failure of an expression that does not parse at an index. */
  static MtlException syntax(String source, int index, String complaint, String remedy) {
    return new MtlException(
        new Problem(
            ErrorCode.EXPRESSION_SYNTAX,
            "",
            "The expression \"%s\" cannot be read at character %d: %s."
                .formatted(abbreviate(source, index), index + 1, complaint),
            remedy));
  }

  // A long expression is shown around the fault, so that the message stays one.
  private static String abbreviate(String source, int index) {
    if (source.length() <= 200) {
      return source;
    }
    int from = Math.max(0, Math.min(index, source.length()) - 80);
    int to = Math.min(source.length(), from + 160);
    return (from > 0 ? "..." : "")
        + source.substring(from, to)
        + (to < source.length() ? "..." : "");
  }
}
