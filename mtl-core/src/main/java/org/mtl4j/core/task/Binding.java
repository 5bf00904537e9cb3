package org.mtl4j.core.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * The meeting of an expression and a source, and the words for what does not fit.
 *
 * @param source the expression as it was written
 * @param columns the source's columns
 */
record Binding(String source, Columns columns) {
  /**
   * Checks that the source has the columns.
   *
   * @throws MtlException with a problem for each that it lacks
   */
  void checkColumns(Collection<String> names) {
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      if (!columns.contains(name)) {
        problems.add(missing(name));
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  private Problem missing(String name) {
    String what =
        "The expression \"%s\" reads the column \"%s\", which the source does not have."
            .formatted(source, name);
    return new Problem(
        ErrorCode.COLUMN_MISSING, "", what, unquoted(name).orElseGet(() -> columns.hint(name)));
  }

  // hours-per-week without backquotes is a difference of three columns, none of which exists.
  private Optional<String> unquoted(String part) {
    return columns.names().stream()
        .filter(column -> source.contains(column) && column.contains(part))
        .findFirst()
        .map("If it is a part of the column \"%1$s\", write `%1$s` in backquotes."::formatted);
  }

  /**
   * A node's code as a number.
   *
   * @param user what needs the number: an operator or a function
   * @throws MtlException if it is text
   */
  Operand.NumberReader number(Node node, String user) {
    return node.bind(this)
        .number()
        .orElseThrow(
            () ->
                problem(
                    "The expression \"%s\" needs a number for %s, and %s is text."
                        .formatted(source, user, node.describe())));
  }

  /** The failure of two operands that are a number and text. */
  MtlException mismatch(String verb, Node left, Node right) {
    return problem(
        "The expression \"%s\" %s %s, which is %s, %s %s, which is %s."
            .formatted(
                source,
                verb,
                left.describe(),
                left.bind(this).type(),
                verb.equals("compares") ? "with" : "and",
                right.describe(),
                right.bind(this).type()));
  }

  private static MtlException problem(String what) {
    return new MtlException(
        new Problem(
            ErrorCode.EXPRESSION_TYPE,
            "",
            what,
            "Text is compared by ==, != and in, with 'text' in quotes; all else takes numbers."));
  }
}
