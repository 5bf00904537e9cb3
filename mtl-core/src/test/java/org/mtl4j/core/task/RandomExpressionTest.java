package org.mtl4j.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Random expressions, each written down as text while an evaluator of its own (boxed values, null
 * is missing) works out what it must give.
 */
class RandomExpressionTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);
  private static final double[] VALUES = {0, 1, 2, -3, 0.5, Double.NaN};

  /** An expression's text, how tightly it binds, and its value. */
  private record Sample(String text, int level, Double value) {
    String at(int wanted) {
      return level >= wanted ? text : "(" + text + ")";
    }
  }

  private static final int OR = 0;
  private static final int AND = 1;
  private static final int NOT = 2;
  private static final int COMPARISON = 3;
  private static final int SUM = 4;
  private static final int PRODUCT = 5;
  private static final int SIGN = 6;
  private static final int VALUE = 7;

  private final Random random = new Random(SEED);
  private final double[] columns = new double[3];
  private final boolean[] untyped = new boolean[3];

  @Test
  void randomExpressionsGiveWhatAnIndependentEvaluatorGives() {
    for (int i = 0; i < 5_000; i++) {
      TestRows row = new TestRows();
      for (int c = 0; c < columns.length; c++) {
        columns[c] = VALUES[random.nextInt(VALUES.length)];
        untyped[c] = random.nextBoolean();
        if (untyped[c]) {
          row.untyped("c" + c, Rows.spell(columns[c]));
        } else {
          row.number("c" + c, columns[c]);
        }
      }
      Sample sample = sample(5);
      Double value = sample.value() == null || sample.value().isNaN() ? null : sample.value();
      double found = row.evaluate(sample.text());
      assertThat(Double.isNaN(found) ? null : (Double) (found + 0.0))
          .as("seed %d, %s over %s", SEED, sample.text(), Arrays.toString(columns))
          .isEqualTo(value == null ? null : (Double) (value + 0.0));
    }
  }

  private Sample sample(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return switch (random.nextInt(11)) {
      case 0 -> joined(" or ", OR, depth, (a, b) -> number(a != 0 || b != 0));
      case 1 -> joined(" and ", AND, depth, (a, b) -> number(a != 0 && b != 0));
      case 2 -> negated(depth);
      case 3, 4 -> compared(depth);
      case 5 -> joined(" + ", SUM, depth, Double::sum);
      case 6 -> joined("-", SUM, depth, (a, b) -> a - b);
      case 7 -> joined("*", PRODUCT, depth, (a, b) -> a * b);
      case 8 -> joined(" / ", PRODUCT, depth, (a, b) -> a / b);
      case 9 -> choice(depth);
      default -> leaf();
    };
  }

  private Sample leaf() {
    int choice = random.nextInt(5);
    if (choice < columns.length) {
      return new Sample("c" + choice, VALUE, missing(columns[choice]));
    }
    double value = random.nextInt(4);
    return new Sample(Rows.spell(value), VALUE, value);
  }

  // The right operand binds tighter than its operator: a chain groups from the left.
  private Sample joined(
      String symbol, int level, int depth, BiFunction<Double, Double, Double> meaning) {
    Sample left = sample(depth - 1);
    Sample right = sample(depth - 1);
    Double value =
        left.value() == null || right.value() == null
            ? null
            : missing(meaning.apply(left.value(), right.value()));
    String text = left.at(level) + symbol + right.at(level + 1);
    return new Sample(text, level, value);
  }

  private Sample compared(int depth) {
    Sample left = sample(depth - 1);
    Sample right = sample(depth - 1);
    String symbol = new String[] {"<", "<=", ">", ">="}[random.nextInt(4)];
    Double value = null;
    if (left.value() != null && right.value() != null) {
      int order = Double.compare(left.value() + 0.0, right.value() + 0.0);
      value =
          number(
              (order < 0 && symbol.startsWith("<"))
                  || (order > 0 && symbol.startsWith(">"))
                  || (order == 0 && symbol.endsWith("=")));
    }
    return new Sample(left.at(SUM) + symbol + right.at(SUM), COMPARISON, value);
  }

  private Sample negated(int depth) {
    Sample operand = sample(depth - 1);
    if (random.nextBoolean()) {
      Double value = operand.value() == null ? null : number(operand.value() == 0);
      return new Sample("not " + operand.at(NOT), NOT, value);
    }
    Double value = operand.value() == null ? null : (Double) (-operand.value());
    return new Sample("-" + operand.at(SIGN), SIGN, value);
  }

  private Sample choice(int depth) {
    Sample condition = sample(depth - 1);
    Sample yes = sample(depth - 1);
    Sample no = sample(depth - 1);
    Double value = null;
    if (condition.value() != null) {
      value = condition.value() != 0 ? yes.value() : no.value();
    }
    String text = "if(" + condition.text() + "," + yes.text() + ", " + no.text() + ")";
    return new Sample(text, VALUE, value);
  }

  private static Double number(boolean truth) {
    return truth ? 1.0 : 0.0;
  }

  private static Double missing(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
