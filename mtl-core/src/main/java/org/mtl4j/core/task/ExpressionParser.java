package org.mtl4j.core.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;

/** Reads the grammar of {@link Expression} by recursive descent, one method a level. */
final class ExpressionParser {
  /** How deep parentheses, signs and {@code not} may be nested: the stack is finite. */
  static final int MAX_DEPTH = 200;

  /** How many operators one expression may have: a chain of them is a deep tree too. */
  static final int MAX_OPERATORS = 500;

  private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in");

  private static final Operator[] COMPARISONS = {
    Operator.EQUAL,
    Operator.NOT_EQUAL,
    Operator.LESS,
    Operator.AT_MOST,
    Operator.GREATER,
    Operator.AT_LEAST
  };

  private final String source;
  private final List<Token> tokens;
  private final Set<String> columns = new LinkedHashSet<>();
  private int position;
  private int depth;
  private int operators;

  /**
   * A parser of one expression.
   *
   * @throws MtlException if it cannot be cut into tokens
   */
  ExpressionParser(String source) {
    this.source = source;
    this.tokens = Lexer.tokens(source);
  }

  /** The columns named in what was parsed, in order. */
  Set<String> columns() {
    return Collections.unmodifiableSet(columns);
  }

  /**
   * The tree of the whole expression.
   *
   * @throws MtlException if it does not follow the grammar
   */
  Node parse() {
    Node root = or();
    if (peek().kind() != Token.Kind.END) {
      throw expected("an operator or the end");
    }
    return root;
  }

  private Node or() {
    return chain(this::and, Operator.OR);
  }

  private Node and() {
    return chain(this::not, Operator.AND);
  }

  private Node not() {
    return accept("not") ? nested(() -> new Node.Not(not())) : comparison();
  }

  private Node comparison() {
    Node left = sum();
    Node result = compared(left);
    if (result != left && (ahead(COMPARISONS).isPresent() || peek().is("in"))) {
      throw Lexer.syntax(
          source,
          peek().start(),
          "expected and, or or the end, found " + peek().describe(),
          "Comparisons do not chain: write a < b and b < c.");
    }
    return result;
  }

  private Node compared(Node left) {
    if (accept("in")) {
      return members(left);
    }
    if (accept("not")) {
      expect("in");
      return new Node.Not(members(left));
    }
    Optional<Operator> operator = ahead(COMPARISONS);
    if (operator.isEmpty()) {
      return left;
    }
    int start = peek().start();
    Node result = joined(left, operator.get(), this::sum);
    if (result instanceof Node.Binary equality && operator.get().isEquality()) {
      checkExact(equality.left(), start);
      checkExact(equality.right(), start);
    }
    return result;
  }

  private Node sum() {
    return chain(this::product, Operator.PLUS, Operator.MINUS);
  }

  private Node product() {
    return chain(this::sign, Operator.TIMES, Operator.DIVIDE);
  }

  private Node sign() {
    return accept("-") ? nested(() -> new Node.Negation(sign())) : value();
  }

  private Node chain(Supplier<Node> operand, Operator... choices) {
    Node result = operand.get();
    for (Optional<Operator> operator = ahead(choices);
        operator.isPresent();
        operator = ahead(choices)) {
      result = joined(result, operator.get(), operand);
    }
    return result;
  }

  private Node joined(Node left, Operator operator, Supplier<Node> right) {
    position++;
    if (++operators > MAX_OPERATORS) {
      throw Lexer.syntax(
          source,
          peek().start(),
          "it has more than " + MAX_OPERATORS + " operators",
          "Write x in (1, 2, ...) for a long choice of values, or derive a column first.");
    }
    return new Node.Binary(operator, left, right.get());
  }

  private Optional<Operator> ahead(Operator... choices) {
    return Arrays.stream(choices).filter(choice -> peek().is(choice.symbol())).findFirst();
  }

  private Node value() {
    Token token = peek();
    if (accept("(")) {
      Node inside = nested(this::or);
      expect(")");
      return inside;
    }
    return switch (token.kind()) {
      case NUMBER -> new Node.NumberLiteral(number());
      case TEXT -> new Node.TextLiteral(next().text());
      case QUOTED_COLUMN -> column();
      case WORD -> word();
      case SYMBOL, END -> throw expected("a value");
    };
  }

  private Node word() {
    if (KEYWORDS.contains(peek().text())) {
      throw expected("a value");
    }
    return tokens.get(position + 1).is("(") ? call() : column();
  }

  private Node column() {
    String name = next().text();
    columns.add(name);
    return new Node.ColumnValue(name);
  }

  private Node call() {
    Token name = next();
    Function function =
        Function.named(name.text())
            .orElseThrow(
                () ->
                    Lexer.syntax(
                        source,
                        name.start(),
                        "expected a function, found \"" + name.text() + "\"",
                        Nearest.hint(name.text(), Function.names())));
    expect("(");
    List<Node> arguments = new ArrayList<>();
    do {
      arguments.add(nested(this::or));
    } while (accept(","));
    expect(")");
    if (!function.takes(arguments.size())) {
      throw Lexer.syntax(
          source,
          name.start(),
          "expected %s of %s, found %d".formatted(function.arity(), name.text(), arguments.size()),
          "");
    }
    return new Node.Call(function, List.copyOf(arguments));
  }

  private Node members(Node operand) {
    expect("(");
    List<String> texts = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    do {
      if (numbers.isEmpty() && peek().kind() == Token.Kind.TEXT) {
        texts.add(next().text());
      } else if (texts.isEmpty()) {
        int start = peek().start();
        double value = accept("-") ? -number() : number();
        checkExact(new Node.NumberLiteral(value), start);
        numbers.add(value);
      } else {
        throw expected("'text' as before it");
      }
    } while (accept(","));
    expect(")");
    return texts.isEmpty()
        ? new Node.InNumbers(operand, List.copyOf(numbers))
        : new Node.InTexts(operand, List.copyOf(texts));
  }

  /** An id of 19 digits would equal hundreds of others: doubles have 53 bits. */
  private void checkExact(Node operand, int position) {
    if (operand instanceof Node.Negation negation) {
      checkExact(negation.operand(), position);
    }
    if (operand instanceof Node.NumberLiteral number
        && Math.abs(number.value()) >= Decimals.LARGEST_EXACT) {
      throw Lexer.syntax(
          source,
          position,
          "expected numbers below 2^53, about 9.0e15, to compare for equality",
          "Larger ones do not keep all their digits: compare an id with text, '...' in quotes.");
    }
  }

  private double number() {
    if (peek().kind() != Token.Kind.NUMBER) {
      throw expected("a number");
    }
    double value = Double.parseDouble(peek().text());
    if (Double.isInfinite(value)) {
      throw expected("a number up to 1.8e308");
    }
    position++;
    return value;
  }

  private <T> T nested(Supplier<T> inside) {
    if (++depth > MAX_DEPTH) {
      throw Lexer.syntax(
          source, peek().start(), "it is nested more than " + MAX_DEPTH + " deep", "");
    }
    T result = inside.get();
    depth--;
    return result;
  }

  private Token peek() {
    return tokens.get(position);
  }

  private Token next() {
    return tokens.get(position++);
  }

  private boolean accept(String keyword) {
    boolean there = peek().is(keyword);
    position += there ? 1 : 0;
    return there;
  }

  private void expect(String keyword) {
    if (!accept(keyword)) {
      throw expected("\"" + keyword + "\"");
    }
  }

  private MtlException expected(String what) {
    Token found = peek();
    String lower = found.text().toLowerCase(Locale.ROOT);
    boolean shouted = found.kind() == Token.Kind.WORD && KEYWORDS.contains(lower);
    return Lexer.syntax(
        source,
        found.start(),
        "expected " + what + ", found " + found.describe(),
        shouted && !lower.equals(found.text()) ? "Keywords are in lower case: " + lower + "." : "");
  }
}
