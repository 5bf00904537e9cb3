package org.mtl4j.core.task;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.mtl4j.core.task.Operand.NumberReader;
import org.mtl4j.core.task.Operand.TextReader;

/** A node of a parsed expression. Binding turns the tree into closures, once per source. */
sealed interface Node {
  /**
   * The node's code over the columns of {@code binding}.
   *
   * @throws org.mtl4j.core.error.MtlException if an operand has the wrong type
   */
  Operand bind(Binding binding);

  /** The node in words, for messages about its type. */
  default String describe() {
    return "a calculation";
  }

  /** A number as it stands. */
  record NumberLiteral(double value) implements Node {
    @Override
    public Operand bind(Binding binding) {
      return Operand.ofNumber((rows, row) -> value);
    }

    @Override
    public String describe() {
      return Rows.spell(value);
    }
  }

  /** Text as it stands. */
  record TextLiteral(String value) implements Node {
    @Override
    public Operand bind(Binding binding) {
      return Operand.ofText((rows, row) -> value);
    }

    @Override
    public String describe() {
      return "'" + value.replace("'", "''") + "'";
    }
  }

  /** A column of the source. */
  record ColumnValue(String name) implements Node {
    @Override
    public Operand bind(Binding binding) {
      int column = binding.columns().indexOf(name);
      NumberReader number = (rows, row) -> rows.number(column, row);
      TextReader text = (rows, row) -> rows.text(column, row);
      return switch (binding.columns().all().get(column).type()) {
        case NUMBER -> Operand.ofNumber(number);
        case TEXT -> Operand.ofText(text);
        case UNTYPED -> new Operand(Optional.of(number), Optional.of(text));
      };
    }

    @Override
    public String describe() {
      return "the column \"" + name + "\"";
    }
  }

  /** Minus a number. */
  record Negation(Node operand) implements Node {
    @Override
    public Operand bind(Binding binding) {
      NumberReader value = binding.number(operand, "-");
      return Operand.ofNumber((rows, row) -> -value.at(rows, row));
    }
  }

  /** The opposite of a truth. */
  record Not(Node operand) implements Node {
    @Override
    public Operand bind(Binding binding) {
      NumberReader value = binding.number(operand, "not");
      return Operand.ofNumber(
          (rows, row) -> {
            double truth = value.at(rows, row);
            return Double.isNaN(truth) ? truth : Operator.truth(truth == 0);
          });
    }
  }

  /** Two operands with an operator between them. */
  record Binary(Operator operator, Node left, Node right) implements Node {
    @Override
    public Operand bind(Binding binding) {
      return operator.isEquality()
          ? equality(binding)
          : numbers(
              binding.number(left, operator.symbol()), binding.number(right, operator.symbol()));
    }

    private Operand numbers(NumberReader a, NumberReader b) {
      DoubleBinaryOperator meaning = operator.meaning();
      return Operand.ofNumber(
          (rows, row) -> meaning.applyAsDouble(a.at(rows, row), b.at(rows, row)));
    }

    private Operand equality(Binding binding) {
      Operand a = left.bind(binding);
      Operand b = right.bind(binding);
      if (a.text().isPresent() && b.text().isPresent()) {
        return Operand.ofNumber(
            textual(a.text().get(), b.text().get(), operator == Operator.EQUAL));
      }
      if (a.number().isPresent() && b.number().isPresent()) {
        return numbers(a.number().get(), b.number().get());
      }
      throw binding.mismatch("compares", left, right);
    }

    private static NumberReader textual(TextReader a, TextReader b, boolean whenEqual) {
      return (rows, row) -> {
        String one = a.at(rows, row);
        String other = b.at(rows, row);
        return one == null || other == null
            ? Double.NaN
            : Operator.truth(one.equals(other) == whenEqual);
      };
    }
  }

  /** Whether a number is one of some. */
  record InNumbers(Node operand, List<Double> choices) implements Node {
    @Override
    public Operand bind(Binding binding) {
      Operand bound = operand.bind(binding);
      NumberReader value =
          bound
              .number()
              .orElseThrow(
                  () -> binding.mismatch("compares", operand, new NumberLiteral(choices.get(0))));
      double[] wanted = choices.stream().mapToDouble(Double::doubleValue).toArray();
      return Operand.ofNumber((rows, row) -> contains(wanted, value.at(rows, row)));
    }

    private static double contains(double[] wanted, double value) {
      if (Double.isNaN(value)) {
        return value;
      }
      for (double choice : wanted) {
        if (choice == value) {
          return 1;
        }
      }
      return 0;
    }
  }

  /** Whether text is one of some. */
  record InTexts(Node operand, List<String> choices) implements Node {
    @Override
    public Operand bind(Binding binding) {
      Operand bound = operand.bind(binding);
      TextReader value =
          bound
              .text()
              .orElseThrow(
                  () -> binding.mismatch("compares", operand, new TextLiteral(choices.get(0))));
      Set<String> wanted = Set.copyOf(choices);
      return Operand.ofNumber(
          (rows, row) -> {
            String text = value.at(rows, row);
            return text == null ? Double.NaN : Operator.truth(wanted.contains(text));
          });
    }
  }

  /** A function of its arguments. */
  record Call(Function function, List<Node> arguments) implements Node {
    @Override
    public Operand bind(Binding binding) {
      return switch (function) {
        case LOG -> mapped(binding, x -> x > 0 ? Math.log(x) : Double.NaN);
        case LOG1P -> mapped(binding, x -> x > -1 ? Math.log1p(x) : Double.NaN);
        case ABS -> mapped(binding, Math::abs);
        case MIN -> folded(binding, Math::min);
        case MAX -> folded(binding, Math::max);
        case IF -> choice(binding);
        case IS_MISSING -> missing(arguments.get(0).bind(binding));
      };
    }

    @Override
    public String describe() {
      return "the result of " + function.symbol() + "(...)";
    }

    private Operand mapped(Binding binding, DoubleUnaryOperator meaning) {
      NumberReader x = binding.number(arguments.get(0), function.symbol());
      return Operand.ofNumber((rows, row) -> meaning.applyAsDouble(x.at(rows, row)));
    }

    private Operand folded(Binding binding, DoubleBinaryOperator meaning) {
      NumberReader[] values =
          arguments.stream()
              .map(argument -> binding.number(argument, function.symbol()))
              .toArray(NumberReader[]::new);
      return Operand.ofNumber(
          (rows, row) -> {
            double result = values[0].at(rows, row);
            for (int i = 1; i < values.length; i++) {
              result = meaning.applyAsDouble(result, values[i].at(rows, row));
            }
            return result;
          });
    }

    private static Operand missing(Operand argument) {
      if (argument.text().isPresent()) {
        TextReader text = argument.text().get();
        return Operand.ofNumber((rows, row) -> Operator.truth(text.at(rows, row) == null));
      }
      NumberReader number = argument.number().orElseThrow();
      return Operand.ofNumber((rows, row) -> Operator.truth(Double.isNaN(number.at(rows, row))));
    }

    private Operand choice(Binding binding) {
      NumberReader condition = binding.number(arguments.get(0), function.symbol());
      Operand yes = arguments.get(1).bind(binding);
      Operand no = arguments.get(2).bind(binding);
      Optional<NumberReader> number =
          yes.number().flatMap(a -> no.number().map(b -> chosenNumber(condition, a, b)));
      Optional<TextReader> text =
          yes.text().flatMap(a -> no.text().map(b -> chosenText(condition, a, b)));
      if (number.isEmpty() && text.isEmpty()) {
        throw binding.mismatch("chooses between", arguments.get(1), arguments.get(2));
      }
      return new Operand(number, text);
    }

    private static NumberReader chosenNumber(
        NumberReader condition, NumberReader yes, NumberReader no) {
      return (rows, row) -> {
        double truth = condition.at(rows, row);
        return Double.isNaN(truth) ? truth : truth != 0 ? yes.at(rows, row) : no.at(rows, row);
      };
    }

    private static TextReader chosenText(NumberReader condition, TextReader yes, TextReader no) {
      return (rows, row) -> {
        double truth = condition.at(rows, row);
        return Double.isNaN(truth) ? null : truth != 0 ? yes.at(rows, row) : no.at(rows, row);
      };
    }
  }
}
