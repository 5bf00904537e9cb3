package org.mtl4j.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExpressionTest {
  private static final double MISSING = Double.NaN;

  private final TestRows row =
      new TestRows()
          .number("two", 2)
          .number("none", MISSING)
          .number("hours-per-week", 40)
          .text("genre", "drama")
          .text("nothing", null)
          .untyped("click", "1")
          .untyped("price", "2.50")
          .untyped("empty", null);

  @Test
  void productsBindTighterThanSums() {
    assertThat(row.evaluate("2 + 3 * 4")).isEqualTo(14);
    assertThat(row.evaluate("(2 + 3) * 4")).isEqualTo(20);
    assertThat(row.evaluate("-2 * 3 + 4")).isEqualTo(-2);
  }

  @Test
  void operatorsOfOneLevelGroupFromTheLeft() {
    assertThat(row.evaluate("10 - 3 - 2")).isEqualTo(5);
    assertThat(row.evaluate("16 / 4 / 2")).isEqualTo(2);
    assertThat(row.evaluate("16 / 4 * 2 - 1 + 5")).isEqualTo(12);
  }

  @Test
  void logicBindsLooserThanComparisonAndAndTighterThanOr() {
    assertThat(row.evaluate("1 == 1 or 1 == 1 and 1 == 2")).isEqualTo(1);
    assertThat(row.evaluate("(1 == 1 or 1 == 1) and 1 == 2")).isEqualTo(0);
    assertThat(row.evaluate("not 1 == 2")).isEqualTo(1);
    assertThat(row.evaluate("not 0 and 0")).isEqualTo(0);
    assertThat(row.evaluate("1 + 1 == two")).isEqualTo(1);
  }

  @Test
  void numbersAreWrittenAsInMostLanguages() {
    assertThat(row.evaluate("1.5e3")).isEqualTo(1500);
    assertThat(row.evaluate(".5")).isEqualTo(0.5);
    assertThat(row.evaluate("2.")).isEqualTo(2);
    assertThat(row.evaluate("1E-2")).isEqualTo(0.01);
    assertThat(row.evaluate("- -3")).isEqualTo(3);
  }

  @Test
  void everyComparisonHoldsWhereItShould() {
    assertThat(row.evaluate("two < 3 and two <= 2 and two == 2 and two >= 2 and two > 1"))
        .isEqualTo(1);
    assertThat(row.evaluate("two < 2 or two <= 1 or two == 1 or two >= 3 or two > 2 or two != 2"))
        .isEqualTo(0);
  }

  @Test
  void anyNumberButZeroIsTrue() {
    assertThat(row.evaluate("two and -0.5")).isEqualTo(1);
    assertThat(row.evaluate("not two")).isEqualTo(0);
    assertThat(row.evaluate("0 or 0")).isEqualTo(0);
  }

  @Test
  void membershipIsByValue() {
    assertThat(row.evaluate("two in (1, 2.0)")).isEqualTo(1);
    assertThat(row.evaluate("-two in (-2)")).isEqualTo(1);
    assertThat(row.evaluate("genre in ('comedy', 'drama')")).isEqualTo(1);
    assertThat(row.evaluate("genre not in ('comedy', 'drama')")).isEqualTo(0);
    assertThat(row.evaluate("click in ('1')")).isEqualTo(1);
    assertThat(row.evaluate("click in (1)")).isEqualTo(1);
  }

  @Test
  void functionsAreThoseOfTheirNames() {
    assertThat(row.evaluate("log(two)")).isEqualTo(Math.log(2));
    assertThat(row.evaluate("log1p(two)")).isEqualTo(Math.log1p(2));
    assertThat(row.evaluate("abs(-two)")).isEqualTo(2);
    assertThat(row.evaluate("min(3, two, 4)")).isEqualTo(2);
    assertThat(row.evaluate("max(3, two, 4)")).isEqualTo(4);
    assertThat(row.evaluate("if(two > 1, 10, 20)")).isEqualTo(10);
    assertThat(row.evaluate("if(two < 1, 10, 20)")).isEqualTo(20);
    assertThat(row.evaluateText("if(two < 1, 'low', genre)")).isEqualTo("drama");
  }

  @Test
  void aMissingOperandMakesTheResultMissing() {
    for (String expression :
        new String[] {
          "none + 1",
          "none == none",
          "none != 1",
          "none < 1",
          "-none",
          "not none",
          "none or 1",
          "0 and none",
          "none in (1)",
          "abs(none)",
          "min(1, none)",
          "max(none, 1)",
          "if(none, 1, 2)",
          "empty * 2",
          "empty == 'a'",
          "nothing != 'a'",
          "nothing in ('a')",
          "if(1, none, 2)"
        }) {
      assertThat(row.evaluate(expression)).as(expression).isNaN();
    }
    assertThat(row.evaluateText("if(none, 'a', 'b')")).isNull();
  }

  @Test
  void isMissingIsNeverMissing() {
    assertThat(row.evaluate("is_missing(none)")).isEqualTo(1);
    assertThat(row.evaluate("is_missing(two)")).isEqualTo(0);
    assertThat(row.evaluate("is_missing(nothing)")).isEqualTo(1);
    assertThat(row.evaluate("is_missing(empty) and not is_missing(click)")).isEqualTo(1);
  }

  @Test
  void ifReadsOnlyTheChosenBranch() {
    assertThat(row.evaluate("if(is_missing(none), 7, none)")).isEqualTo(7);
    TestRows text = new TestRows().untyped("x", "not a number");
    assertThat(text.evaluate("if(x == 'not a number', 1, x + 1)")).isEqualTo(1);
  }

  @Test
  void whatIsNoNumberIsMissing() {
    assertThat(row.evaluate("0 / 0")).isNaN();
    assertThat(row.evaluate("log(0)")).isNaN();
    assertThat(row.evaluate("log(-1)")).isNaN();
    assertThat(row.evaluate("log1p(-1)")).isNaN();
    assertThat(row.evaluate("1 / 0")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(row.evaluate("is_missing(0 / 0)")).isEqualTo(1);
  }

  @Test
  void untypedColumnsTakeTheTypeOfTheirUse() {
    assertThat(row.evaluate("price == 2.5")).isEqualTo(1);
    assertThat(row.evaluate("price == '2.5'")).isEqualTo(0);
    assertThat(row.evaluate("price == '2.50'")).isEqualTo(1);
    assertThat(row.evaluate("price + click")).isEqualTo(3.5);
    TestRows ids = new TestRows().untyped("a", "10").untyped("b", "9.0").untyped("c", "9");
    assertThat(ids.evaluate("a > b")).isEqualTo(1);
    assertThat(ids.evaluate("b == c")).isEqualTo(0);
    assertThat(ids.evaluate("b == c + 0")).isEqualTo(1);
  }

  @Test
  void aBareUntypedColumnIsTextThatCanBeReadAsANumber() {
    BoundExpression bound = Expression.parse("price").bind(row.columns());
    assertThat(bound.isText()).isTrue();
    assertThat(bound.text(row, 0)).isEqualTo("2.50");
    assertThat(bound.number(row, 0)).isEqualTo(2.5);
    assertThat(Expression.parse("price").bindNumber(row.columns()).isText()).isFalse();
  }

  @Test
  void aNumberIsSpeltWithoutADecimalPointWhenItIsWhole() {
    assertThat(row.evaluateText("two * 3")).isEqualTo("6");
    assertThat(row.evaluateText("two / 4")).isEqualTo("0.5");
    assertThat(row.evaluateText("none")).isNull();
  }

  @Test
  void textOfAKnownTypeIsNotReadAsANumber() {
    BoundExpression bound = Expression.parse("genre").bind(row.columns());
    assertThatThrownBy(() -> bound.number(row, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the expression is text, not a number");
  }

  @Test
  void quotesAreDoubledInsideQuotes() {
    TestRows odd = new TestRows().text("it's", "d'accord").number("a`b", 3);
    assertThat(odd.evaluate("`it's` == 'd''accord'")).isEqualTo(1);
    assertThat(odd.evaluate("`a``b` + 1")).isEqualTo(4);
  }

  @Test
  void backquotesAdmitAnyColumnName() {
    assertThat(row.evaluate("`hours-per-week` / 10")).isEqualTo(4);
    TestRows keywords = new TestRows().number("and", 1).number("log", 2);
    assertThat(keywords.evaluate("`and` + log + log(1)")).isEqualTo(3);
  }

  @Test
  void truthIsANumberThatIsThereAndNotZero() {
    assertThat(Expression.parse("two > 1").bind(row.columns()).isTrue(row, 0)).isTrue();
    assertThat(Expression.parse("two > 2").bind(row.columns()).isTrue(row, 0)).isFalse();
    assertThat(Expression.parse("none > 2").bind(row.columns()).isTrue(row, 0)).isFalse();
  }

  @Test
  void columnsAreListedInTheOrderOfTheirNaming() {
    assertThat(Expression.parse("b + log(a) + `c d` + b + if(d, 1, 2) in (1)").columns())
        .containsExactly("b", "a", "c d", "d");
    assertThat(Expression.parse("1 == 1").columns()).isEmpty();
  }

  @Test
  void expressionsAreEqualByTheirText() {
    assertThat(Expression.parse("a + 1"))
        .isEqualTo(Expression.parse("a + 1"))
        .hasSameHashCodeAs(Expression.parse("a + 1"))
        .isNotEqualTo(Expression.parse("a+1"))
        .hasToString("a + 1");
  }
}
