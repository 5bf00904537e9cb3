package org.mtl4j.core.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A function of the expression grammar and how many arguments it takes. */
enum Function {
  LOG(1, 1),
  LOG1P(1, 1),
  ABS(1, 1),
  MIN(2, Integer.MAX_VALUE),
  MAX(2, Integer.MAX_VALUE),
  IF(3, 3),
  IS_MISSING(1, 1);

  private final int fewest;
  private final int most;

  Function(int fewest, int most) {
    this.fewest = fewest;
    this.most = most;
  }

  /** The function written so. */
  static Optional<Function> named(String name) {
    return Arrays.stream(values()).filter(f -> f.symbol().equals(name)).findFirst();
  }

  /** How all functions are written. */
  static List<String> names() {
    return Arrays.stream(values()).map(Function::symbol).toList();
  }

  /** How it is written. */
  String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can be called with so many arguments. */
  boolean takes(int arguments) {
    return arguments >= fewest && arguments <= most;
  }

  /** The number of arguments in words. */
  String arity() {
    String count = fewest == most ? "" + fewest : "at least " + fewest;
    return count + (fewest == 1 ? " argument" : " arguments");
  }
}
