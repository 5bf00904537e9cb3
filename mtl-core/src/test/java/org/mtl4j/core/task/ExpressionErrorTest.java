package org.mtl4j.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class ExpressionErrorTest {
  private static final Columns COLUMNS =
      new TestRows()
          .number("price", 1)
          .text("genre", "drama")
          .untyped("click", "1")
          .untyped("hours-per-week", "40")
          .columns();

  private static void assertSyntax(String source, String message) {
    MtlException error = catchThrowableOfType(MtlException.class, () -> Expression.parse(source));
    assertThat(error).as(source).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.EXPRESSION_SYNTAX);
    assertThat(error).hasMessage(message);
  }

  private static void assertBinding(ErrorCode code, String source, String message) {
    Expression expression = Expression.parse(source);
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> expression.bindNumber(COLUMNS));
    assertThat(error).as(source).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessage(message);
  }

  @Test
  void whatOtherLanguagesWriteIsTranslated() {
    assertSyntax(
        "click = 1",
        "The expression \"click = 1\" cannot be read at character 7: expected a value or an"
            + " operator, found \"=\". Equality is written ==.");
    assertSyntax(
        "a && b",
        "The expression \"a && b\" cannot be read at character 3: expected a value or an operator,"
            + " found \"&\". Write and.");
    assertSyntax(
        "a == \"x\"",
        "The expression \"a == \"x\"\" cannot be read at character 6: expected a value or an"
            + " operator, found \"\"\". Text stands in single quotes: 'text'.");
    assertSyntax(
        "a AND b",
        "The expression \"a AND b\" cannot be read at character 3: expected an operator or the"
            + " end, found \"AND\". Keywords are in lower case: and.");
    assertSyntax(
        "1 < a < 3",
        "The expression \"1 < a < 3\" cannot be read at character 7: expected and, or or the end,"
            + " found \"<\". Comparisons do not chain: write a < b and b < c.");
  }

  @Test
  void aMissingPartIsNamed() {
    assertSyntax(
        "", "The expression \"\" cannot be read at character 1: expected a value, found the end.");
    assertSyntax(
        "a +",
        "The expression \"a +\" cannot be read at character 4: expected a value, found the end.");
    assertSyntax(
        "(a + 1",
        "The expression \"(a + 1\" cannot be read at character 7: expected \")\", found the end.");
    assertSyntax(
        "a == 'x",
        "The expression \"a == 'x\" cannot be read at character 6: expected a closing ', found the"
            + " end.");
    assertSyntax(
        "a b",
        "The expression \"a b\" cannot be read at character 3: expected an operator or the end,"
            + " found \"b\".");
    assertSyntax(
        "a not b",
        "The expression \"a not b\" cannot be read at character 7: expected \"in\", found \"b\".");
    assertSyntax(
        "1 + and",
        "The expression \"1 + and\" cannot be read at character 5: expected a value, found"
            + " \"and\".");
  }

  @Test
  void aCharacterThatBelongsNowhereIsShown() {
    assertSyntax(
        "größe > 1",
        "The expression \"größe > 1\" cannot be read at character 3: expected a value or an"
            + " operator, found \"ö\". A column whose name is not made of letters, digits, _ and ."
            + " stands in backquotes.");
  }

  @Test
  void functionsAreCheckedByNameAndNumberOfArguments() {
    assertSyntax(
        "1 + lg(a)",
        "The expression \"1 + lg(a)\" cannot be read at character 5: expected a function, found"
            + " \"lg\". Did you mean \"log\"?");
    assertSyntax(
        "squareroot(a)",
        "The expression \"squareroot(a)\" cannot be read at character 1: expected a function, found"
            + " \"squareroot\". Known: abs, if, is_missing, log, log1p, max, min.");
    assertSyntax(
        "if(a, b)",
        "The expression \"if(a, b)\" cannot be read at character 1: expected 3 arguments of if,"
            + " found 2.");
    assertSyntax(
        "max(a)",
        "The expression \"max(a)\" cannot be read at character 1: expected at least 2 arguments of"
            + " max, found 1.");
  }

  @Test
  void choicesOfInAreAllNumbersOrAllText() {
    assertSyntax(
        "a in (1, 'b')",
        "The expression \"a in (1, 'b')\" cannot be read at character 10: expected a number, found"
            + " 'b'.");
    assertSyntax(
        "a in ('b', 1)",
        "The expression \"a in ('b', 1)\" cannot be read at character 12: expected 'text' as"
            + " before it, found \"1\".");
    assertSyntax(
        "a in ()",
        "The expression \"a in ()\" cannot be read at character 7: expected a number, found"
            + " \")\".");
  }

  @Test
  void aNumberBeyondADoubleIsRefused() {
    assertSyntax(
        "1e999",
        "The expression \"1e999\" cannot be read at character 1: expected a number up to 1.8e308,"
            + " found \"1e999\".");
  }

  @Test
  void depthIsLimitedBeforeTheStackIs() {
    assertThat(Expression.parse("(".repeat(200) + "1" + ")".repeat(200)).columns()).isEmpty();
    assertSyntax(
        "(".repeat(10_000),
        "The expression \"..."
            + "(".repeat(160)
            + "...\" cannot be read at character 202: it is nested more than 200 deep.");
    assertThat(
            catchThrowableOfType(
                MtlException.class, () -> Expression.parse("not ".repeat(10_000) + "1")))
        .hasMessageEndingWith("it is nested more than 200 deep.");
  }

  @Test
  void lengthIsLimitedBeforeTheStackIs() {
    TestRows row = new TestRows().number("a", 1);
    assertThat(row.evaluate("a" + " + a".repeat(500))).isEqualTo(501);
    assertThat(
            catchThrowableOfType(
                MtlException.class, () -> Expression.parse("a" + " + a".repeat(10_000))))
        .hasMessageEndingWith(
            "it has more than 500 operators. Write x in (1, 2, ...) for a long choice of values,"
                + " or derive a column first.");
  }

  @Test
  void aNestOfComparisonsIsBoundInLinearTime() {
    String nest = "(".repeat(200) + "a" + " == 1)".repeat(200);
    assertThat(new TestRows().number("a", 1).evaluate(nest)).isEqualTo(1);
  }

  @Test
  void missingColumnsAreAllNamedWithTheNearest() {
    assertBinding(
        ErrorCode.COLUMN_MISSING,
        "prize > 1 and clik == 1",
        "The expression \"prize > 1 and clik == 1\" reads the column \"prize\", which the source"
            + " does not have. Did you mean \"price\"?"
            + System.lineSeparator()
            + "The expression \"prize > 1 and clik == 1\" reads the column \"clik\", which the"
            + " source does not have. Did you mean \"click\"?");
  }

  @Test
  void aColumnCutToPiecesByItsHyphensIsRecognised() {
    Expression expression = Expression.parse("hours-per-week > 40");
    MtlException error = catchThrowableOfType(MtlException.class, () -> expression.bind(COLUMNS));
    assertThat(error.problems())
        .hasSize(3)
        .allSatisfy(
            problem ->
                assertThat(problem.remedy())
                    .isEqualTo(
                        "If it is a part of the column \"hours-per-week\", write"
                            + " `hours-per-week` in backquotes."));
  }

  @Test
  void textWhereANumberBelongsNamesColumnAndType() {
    String remedy =
        " Text is compared by ==, != and in, with 'text' in quotes; all else takes numbers.";
    assertBinding(
        ErrorCode.EXPRESSION_TYPE,
        "genre + 1",
        "The expression \"genre + 1\" needs a number for +, and the column \"genre\" is text."
            + remedy);
    assertBinding(
        ErrorCode.EXPRESSION_TYPE,
        "click and genre",
        "The expression \"click and genre\" needs a number for and, and the column \"genre\" is"
            + " text."
            + remedy);
    assertBinding(
        ErrorCode.EXPRESSION_TYPE,
        "log('x')",
        "The expression \"log('x')\" needs a number for log, and 'x' is text." + remedy);
    assertBinding(
        ErrorCode.EXPRESSION_TYPE,
        "if(click, genre, 'none')",
        "The expression \"if(click, genre, 'none')\" needs a number for its value, and the result"
            + " of if(...) is text."
            + remedy);
  }

  @Test
  void aNumberBesideTextNamesBoth() {
    String remedy =
        " Text is compared by ==, != and in, with 'text' in quotes; all else takes numbers.";
    assertBinding(
        ErrorCode.EXPRESSION_TYPE,
        "genre == 3",
        "The expression \"genre == 3\" compares the column \"genre\", which is text, with 3, which"
            + " is a number."
            + remedy);
    assertBinding(
        ErrorCode.EXPRESSION_TYPE,
        "price + 1 in ('a')",
        "The expression \"price + 1 in ('a')\" compares a calculation, which is a number, with"
            + " 'a', which is text."
            + remedy);
    assertBinding(
        ErrorCode.EXPRESSION_TYPE,
        "if(click, price, 'it''s')",
        "The expression \"if(click, price, 'it''s')\" chooses between the column \"price\", which"
            + " is a number, and 'it''s', which is text."
            + remedy);
  }

  @Test
  void anIdOfMoreDigitsThanADoubleHoldsIsNotComparedAsANumber() {
    String why =
        "expected numbers below 2^53, about 9.0e15, to compare for equality. Larger ones do not"
            + " keep all their digits: compare an id with text, '...' in quotes.";
    assertSyntax(
        "id == 9007199254740993",
        "The expression \"id == 9007199254740993\" cannot be read at character 4: " + why);
    assertSyntax(
        "-9007199254740993 != id",
        "The expression \"-9007199254740993 != id\" cannot be read at character 19: " + why);
    assertSyntax(
        "id in (1, 9007199254740993)",
        "The expression \"id in (1, 9007199254740993)\" cannot be read at character 11: " + why);
    assertThat(Expression.parse("id == 9007199254740991 and price < 1e30").columns()).hasSize(2);
  }
}
