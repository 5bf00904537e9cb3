package org.mtl4j.core.task;

import java.util.Set;
import org.mtl4j.core.error.MtlException;

/**
 * A formula over the columns of a source, such as {@code click == 1 and price > 0}: what a task's
 * label is, which rows it speaks about, what they weigh.
 *
 * <p>Grammar, from the loosest to the tightest binding:
 *
 * <pre>{@code
 * or          a or b
 * and         a and b
 * not         not a
 * comparison  == != < <= > >=     x in (1, 2)     x not in ('a', 'b')     (one a level: no a < b < c)
 * sum         + -
 * product     * /
 * sign        -a
 * value       1.5e3   'text'   'it''s'   column   `any column name`   (a)   function(a, ...)
 * functions   log(x) log1p(x) abs(x) min(x, y, ...) max(x, y, ...) if(condition, then, else) is_missing(x)
 * }</pre>
 *
 * <p>Meaning:
 *
 * <ul>
 *   <li>All numbers are doubles. Truth is 1, falsehood 0; any number but 0 counts as true.
 *   <li>A missing operand makes the result missing, in {@code and}, {@code or} and {@code not} too.
 *       {@code is_missing} is never missing; {@code if} reads the branch that its condition
 *       chooses, and is missing when the condition is.
 *   <li>A quotient by 0 is infinite; a result that is not a number (0/0) is missing, as are {@code
 *       log} of numbers up to 0 and {@code log1p} of numbers up to -1.
 *   <li>Text knows {@code == != in}, {@code is_missing} and the branches of {@code if}.
 *   <li>An untyped column, as in a CSV file, takes the type of its use: a number beside numbers,
 *       text beside text. Two untyped operands are compared as text by {@code ==} and {@code !=},
 *       as numbers by the others.
 * </ul>
 */
public final class Expression {
  private final String source;
  private final Node root;
  private final Set<String> columns;

  private Expression(String source, Node root, Set<String> columns) {
    this.source = source;
    this.root = root;
    this.columns = columns;
  }

  /**
   * Reads an expression.
   *
   * @throws MtlException of code EXPRESSION_SYNTAX if it is none: the position, what was expected
   *     and what was found
   */
  public static Expression parse(String source) {
    ExpressionParser parser = new ExpressionParser(source);
    Node root = parser.parse();
    return new Expression(source, root, parser.columns());
  }

  /** The columns it reads, in the order in which it names them. */
  public Set<String> columns() {
    return columns;
  }

  /**
   * Checks columns and types against a source, so that nothing but a value can be wrong later.
   *
   * @throws MtlException of code COLUMN_MISSING with every column that the source lacks, or of code
   *     EXPRESSION_TYPE with the column and its type
   */
  public BoundExpression bind(Columns columns) {
    return new Bound(root.bind(binding(columns)));
  }

  /**
   * As {@link #bind}, where the value must be a number: a condition, a weight, the label of a
   * regression. An untyped column is then read as numbers.
   *
   * @throws MtlException as {@link #bind} does, and of code EXPRESSION_TYPE if the value is text
   */
  public BoundExpression bindNumber(Columns columns) {
    return new Bound(Operand.ofNumber(binding(columns).number(root, "its value")));
  }

  private Binding binding(Columns available) {
    Binding binding = new Binding(source, available);
    binding.checkColumns(columns);
    return binding;
  }

  /** The expression as it was written. */
  @Override
  public String toString() {
    return source;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /** The code of a bound expression behind the interface that others see. */
  private record Bound(Operand operand) implements BoundExpression {
    @Override
    public boolean isText() {
      return operand.text().isPresent();
    }

    @Override
    public double number(Rows rows, int row) {
      return operand
          .number()
          .orElseThrow(() -> new IllegalStateException("the expression is text, not a number"))
          .at(rows, row);
    }

    @Override
    public String text(Rows rows, int row) {
      if (operand.text().isPresent()) {
        return operand.text().get().at(rows, row);
      }
      return Rows.spell(number(rows, row));
    }
  }
}
