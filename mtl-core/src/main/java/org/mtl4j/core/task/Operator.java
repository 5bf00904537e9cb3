package org.mtl4j.core.task;

import java.util.function.DoubleBinaryOperator;

/** An operator between two operands, with its meaning for numbers; NaN is missing. */
enum Operator {
  OR("or"),
  AND("and"),
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">="),
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDE("/");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** How it is written. */
  String symbol() {
    return symbol;
  }

  /** Whether it compares text as well as numbers. */
  boolean isEquality() {
    return this == EQUAL || this == NOT_EQUAL;
  }

  /** Its meaning for numbers. */
  DoubleBinaryOperator meaning() {
    return switch (this) {
      case OR -> strict((a, b) -> truth(a != 0 || b != 0));
      case AND -> strict((a, b) -> truth(a != 0 && b != 0));
      case EQUAL -> strict((a, b) -> truth(a == b));
      case NOT_EQUAL -> strict((a, b) -> truth(a != b));
      case LESS -> strict((a, b) -> truth(a < b));
      case AT_MOST -> strict((a, b) -> truth(a <= b));
      case GREATER -> strict((a, b) -> truth(a > b));
      case AT_LEAST -> strict((a, b) -> truth(a >= b));
      case PLUS -> (a, b) -> a + b;
      case MINUS -> (a, b) -> a - b;
      case TIMES -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
    };
  }

  /** 1 for true, 0 for false. */
  static double truth(boolean value) {
    return value ? 1 : 0;
  }

  // Arithmetic carries NaN along by itself; comparisons and logic have to be told.
  private static DoubleBinaryOperator strict(DoubleBinaryOperator meaning) {
    return (a, b) -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : meaning.applyAsDouble(a, b);
  }
}
