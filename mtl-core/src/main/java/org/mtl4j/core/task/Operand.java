package org.mtl4j.core.task;

import java.util.Optional;

/**
 * What a node of an expression becomes once columns and types are known: code that reads a number,
 * code that reads text, or both where the type is still open, as for the column of a CSV file.
 *
 * @param number reads the value as a number; empty if it is text
 * @param text reads the value as text; empty if it is a number
 */
record Operand(Optional<NumberReader> number, Optional<TextReader> text) {
  /** Reads a number at a row; NaN is missing. */
  @FunctionalInterface
  interface NumberReader {
    double at(Rows rows, int row);
  }

  /** Reads text at a row; null is missing. */
  @FunctionalInterface
  interface TextReader {
    String at(Rows rows, int row);
  }

  /** A number. */
  static Operand ofNumber(NumberReader reader) {
    return new Operand(Optional.of(reader), Optional.empty());
  }

  /** Text. */
  static Operand ofText(TextReader reader) {
    return new Operand(Optional.empty(), Optional.of(reader));
  }

  /** The type in words, for messages. */
  String type() {
    return number.isPresent() ? "a number" : "text";
  }
}
