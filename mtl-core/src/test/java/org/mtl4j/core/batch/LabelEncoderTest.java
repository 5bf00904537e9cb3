package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.LabelWindow;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

class LabelEncoderTest {
  private static final LabelEncoding INDICATOR = new LabelEncoding.Indicator();
  private static final LabelEncoding SCALE = new LabelEncoding.Scale(0, 1);

  private static Task task(String name, TaskType type, String label) {
    return new Task(
        name, type, Expression.parse(label), SampleSpace.everywhere(), Optional.empty(), 1);
  }

  private static FittedTask binary(String name, String label, String... positive) {
    return new FittedTask(task(name, new TaskType.Binary(List.of(positive)), label), INDICATOR);
  }

  private static FittedTask regression(String name, String label) {
    TaskType type = new TaskType.Regression(new RegressionLoss.Mse());
    return new FittedTask(task(name, type, label), SCALE);
  }

  private static FittedTask weighted(String name, String label, String where, String weight) {
    return new FittedTask(
        new Task(
            name,
            new TaskType.Binary(List.of()),
            Expression.parse(label),
            new SampleSpace(Optional.of(Expression.parse(where))),
            Optional.of(Expression.parse(weight)),
            1),
        INDICATOR);
  }

  /** Rows of one column. */
  private static RawBatch rows(String column, ColumnType type, Object values) {
    int n = values instanceof double[] numbers ? numbers.length : ((String[]) values).length;
    return new RawBatch(
        Columns.of(type, List.of(column)),
        n,
        0,
        List.of(values),
        row -> "u.csv, line " + (row + 2));
  }

  private static RawBatch numbers(String column, double... values) {
    return rows(column, ColumnType.NUMBER, values);
  }

  private static RawBatch untyped(String column, String... values) {
    return rows(column, ColumnType.UNTYPED, values);
  }

  private static LabelColumn encode(FittedTask task, RawBatch rows) {
    return new LabelEncoder(List.of(task), rows.columns()).encode(rows).get(task.name());
  }

  private static void assertValueError(FittedTask task, RawBatch rows, String message) {
    MtlException error = catchThrowableOfType(MtlException.class, () -> encode(task, rows));
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error).hasMessage(message);
  }

  @Test
  void aBinaryLabelIsTheNumberItself() {
    for (RawBatch rows :
        List.of(
            numbers("click", 0, 1, Double.NaN, 1),
            untyped("click", "0", "1.0", null, "1"),
            rows("click", ColumnType.TEXT, new String[] {"0.0", "1", null, "1"}))) {
      LabelColumn column = encode(binary("click", "click"), rows);
      assertThat(column.labels()).containsExactly(0, 1, 0, 1);
      assertThat(column.mask()).containsExactly(true, true, false, true);
      assertThat(column.weights()).containsExactly(1, 1, 1, 1);
    }
  }

  @Test
  void positiveValuesMatchAsTextOrAsNumbers() {
    LabelColumn text =
        encode(
            binary("income", "income", "50000+.", "2"),
            untyped("income", "50000+.", "- 50000.", "2.0", "2", "3", null));
    assertThat(text.labels()).containsExactly(1, 0, 1, 1, 0, 0);
    assertThat(text.mask()).containsExactly(true, true, true, true, true, false);
    LabelColumn number =
        encode(binary("stars", "stars", "4", "5.0"), numbers("stars", 3, 4, 5, Double.NaN));
    assertThat(number.labels()).containsExactly(0, 1, 1, 0);
    assertThat(number.mask()).containsExactly(true, true, true, false);
  }

  private static FittedTask windowed(String where) {
    SampleSpace space =
        new SampleSpace(Optional.of(Expression.parse(where)), Optional.of(LabelWindow.parse("1d")));
    TaskType type = new TaskType.Binary(List.of());
    return new FittedTask(
        new Task("buy", type, Expression.parse("buy"), space, Optional.empty(), 1), INDICATOR);
  }

  /** Positives too: without the negatives of their age they would be too many. */
  @Test
  void rowsYoungerThanTheWindowHaveNoSay() {
    Columns columns = Columns.of(ColumnType.NUMBER, List.of("buy", LabelWindow.AGE));
    double[] buy = {1, 0, 1, 0, 1, 0};
    double[] age = {90_000, 86_400, 86_399, 0, -5, 90_000};
    RawBatch rows = new RawBatch(columns, 6, 0, List.of(buy, age), row -> "row " + row);
    LabelColumn column = encode(windowed("1"), rows);
    assertThat(column.labels()).containsExactly(1, 0, 0, 0, 0, 0);
    assertThat(column.mask()).containsExactly(true, true, false, false, false, true);
    assertThat(encode(windowed("buy == 0"), rows).mask())
        .containsExactly(false, true, false, false, false, true);
  }

  /** Their columns of labels are empty, so that what speaks of bought rows does not of them. */
  @Test
  void drawnRowsAreNegativesOfTheirTasksAndHaveNoSayInOthers() {
    Columns columns = Columns.of(ColumnType.NUMBER, List.of("buy", "price"));
    double[] buy = {1, Double.NaN, Double.NaN};
    double[] price = {7, 8, -9};
    RawBatch rows =
        new RawBatch(columns, 3, 0, List.of(buy, price), row -> "row " + row)
            .withDrawn(new DrawnRows(new boolean[] {false, true, true}, Set.of("buy", "dear")));
    LabelColumn bought = encode(binary("buy", "buy"), rows);
    assertThat(bought.labels()).containsExactly(1, 0, 0);
    assertThat(bought.mask()).containsExactly(true, true, true);
    LabelColumn dear = encode(weighted("dear", "price > 7", "price > 0", "price"), rows);
    assertThat(dear.labels()).containsExactly(0, 0, 0);
    assertThat(dear.mask()).containsExactly(true, true, false);
    assertThat(dear.weights()).containsExactly(7, 8, 1);
    assertThat(
            encode(weighted("dear", "price", "buy == 1", "1"), rows.select(new int[] {2, 1}))
                .mask())
        .containsExactly(false, false);
    assertThat(encode(regression("price", "price"), rows).mask())
        .containsExactly(true, false, false);
  }

  @Test
  void aWindowNeedsTheAgeOfRows() {
    RawBatch rows = numbers("buy", 1, 0);
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> encode(windowed("1"), rows));
    assertThat(error)
        .hasMessage(
            "tasks.buy.label_window: The source has no column \"(age of the row)\". Known:"
                + " buy.");
  }

  @Test
  void aConditionIsALabelToo() {
    LabelColumn column = encode(binary("liked", "stars >= 4"), untyped("stars", "5", "3", null));
    assertThat(column.labels()).containsExactly(1, 0, 0);
    assertThat(column.mask()).containsExactly(true, true, false);
  }

  @Test
  void aClassIsAnIndexAndAnUnseenOneHasNoSayAndIsCounted() {
    FittedTask genre =
        new FittedTask(
            task("genre", new TaskType.Multiclass(), "genre"),
            new LabelEncoding.Classes(List.of("comedy", "drama")));
    RawBatch rows = untyped("genre", "drama", "comedy", "western", null);
    LabelEncoder encoder = new LabelEncoder(List.of(genre), rows.columns());
    LabelColumn column = encoder.encode(rows).get("genre");
    assertThat(column.labels()).containsExactly(1, 0, 0, 0);
    assertThat(column.mask()).containsExactly(true, true, false, false);
    assertThat(encoder.unseenClasses("genre")).isEqualTo(1);
    encoder.encode(rows);
    assertThat(encoder.unseenClasses("genre")).isEqualTo(2);
    assertThatThrownBy(() -> encoder.unseenClasses("gender"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one of the tasks [genre], found \"gender\"");
  }

  private static FittedTask moods(String label, String... classes) {
    return new FittedTask(
        task("moods", new TaskType.Multilabel("|", 1, 10), label),
        new LabelEncoding.ClassSet(List.of(classes)));
  }

  @Test
  void aSetHasALabelForEachClassAndAnUnseenOneIsLeftOutAndCounted() {
    FittedTask moods = moods("moods", "dark", "light", "odd");
    RawBatch rows =
        untyped("moods", "odd|dark", " light ||light", "grim| odd|gay", null, "|", "grim");
    LabelEncoder encoder = new LabelEncoder(List.of(moods), rows.columns());
    LabelColumn column = encoder.encode(rows).get("moods");
    assertThat(column.classes()).isEqualTo(3);
    assertThat(column.labels())
        .containsExactly(1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(column.mask()).containsExactly(true, true, true, false, true, true);
    assertThat(column.weights()).containsOnly(1);
    assertThat(encoder.unseenClasses("moods")).isEqualTo(2);
  }

  /** Where a missing text means that there are none, an expression says so. */
  @Test
  void anExpressionMakesAMissingSetAnEmptyOne() {
    RawBatch rows = untyped("moods", "dark", null, "(none)");
    LabelColumn column =
        encode(
            moods("if(is_missing(moods), '|', if(moods == '(none)', '|', moods))", "dark"), rows);
    assertThat(column.labels()).containsExactly(1, 0, 0);
    assertThat(column.mask()).containsOnly(true);
  }

  @Test
  void classesOfNumbersAreSpeltWithoutADecimalPoint() {
    FittedTask rooms =
        new FittedTask(
            task("rooms", new TaskType.Multiclass(), "rooms"),
            new LabelEncoding.Classes(List.of("1", "2")));
    assertThat(encode(rooms, numbers("rooms", 2, 1)).labels()).containsExactly(1, 0);
  }

  @Test
  void aRegressionKeepsItsUnit() {
    LabelColumn column =
        encode(regression("rating", "rating / 2"), untyped("rating", "5", null, "-1"));
    assertThat(column.labels()).containsExactly(2.5f, 0, -0.5f);
    assertThat(column.mask()).containsExactly(true, false, true);
  }

  @Test
  void rowsOutsideWhereHaveNoSayWhateverTheyHold() {
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("click", "bought", "price"));
    RawBatch rows =
        new RawBatch(
            columns,
            5,
            0,
            List.of(
                new String[] {"1", "0", null, "1", "1"},
                new String[] {"1", "what", "1", "0", null},
                new String[] {"2.5", "-1", null, "0", "-7"}),
            row -> "row " + row);
    LabelColumn column =
        new LabelEncoder(List.of(weighted("buy", "bought", "click == 1", "price")), columns)
            .encode(rows)
            .get("buy");
    assertThat(column.mask()).containsExactly(true, false, false, true, false);
    assertThat(column.labels()).containsExactly(1, 0, 0, 0, 0);
    assertThat(column.weights()).containsExactly(2.5f, 1, 1, 0, 1);
  }

  @Test
  void tasksKeepTheirOrder() {
    RawBatch rows = numbers("x", 1);
    Map<String, LabelColumn> labels =
        new LabelEncoder(
                List.of(binary("zebra", "x"), regression("apple", "x"), binary("moose", "x")),
                rows.columns())
            .encode(rows);
    assertThat(labels.keySet()).containsExactly("zebra", "apple", "moose");
  }

  @Test
  void aBinaryLabelThatIsNeitherZeroNorOneAsksForPositiveValues() {
    String remedy = " Name the label values that mean yes in tasks.income.positive.";
    assertValueError(
        binary("income", "income"),
        untyped("income", "1", "yes"),
        "u.csv, line 3: The label of task \"income\" is 0 or 1, found \"yes\"." + remedy);
    assertValueError(
        binary("income", "income"),
        numbers("income", 2),
        "u.csv, line 2: The label of task \"income\" is 0 or 1, found \"2\"." + remedy);
  }

  @Test
  void anInfiniteRegressionLabelIsRefused() {
    String remedy =
        " Leave such rows out by where, or mark the value as missing in data.source.missing.";
    assertValueError(
        regression("rating", "1 / rating"),
        numbers("rating", 0),
        "u.csv, line 2: The label of task \"rating\" is a finite number below 3.4e38, found"
            + " Infinity."
            + remedy);
    assertValueError(
        regression("rating", "rating"),
        numbers("rating", 1, 1e39),
        "u.csv, line 3: The label of task \"rating\" is a finite number below 3.4e38, found 1.0E39."
            + remedy);
  }

  @Test
  void anExampleWeightThatCannotWeighIsRefused() {
    String start =
        "u.csv, line 2: The example weight of task \"buy\" is a finite number of at least 0,";
    String end =
        " It comes from tasks.buy.example_weight, \"w\": mend the expression, or leave such rows out"
            + " by where.";
    FittedTask task = weighted("buy", "1", "1", "w");
    assertValueError(task, numbers("w", -2), start + " found -2.0." + end);
    assertValueError(task, numbers("w", Double.NaN), start + " found a missing value." + end);
    assertValueError(
        task, numbers("w", Double.POSITIVE_INFINITY), start + " found Infinity." + end);
  }

  @Test
  void everyExpressionThatDoesNotFitIsPlacedAtItsKey() {
    Columns columns =
        new Columns(
            List.of(
                new Columns.Column("genre", ColumnType.TEXT),
                new Columns.Column("click", ColumnType.NUMBER)));
    List<FittedTask> tasks =
        List.of(weighted("buy", "clik", "genre > 1", "click"), regression("rating", "genre"));
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> new LabelEncoder(tasks, columns));
    assertThat(error.problems())
        .extracting(Problem::where, Problem::code)
        .containsExactly(
            tuple("tasks.buy.where", ErrorCode.EXPRESSION_TYPE),
            tuple("tasks.buy.label", ErrorCode.COLUMN_MISSING),
            tuple("tasks.rating.label", ErrorCode.EXPRESSION_TYPE));
    assertThat(error.problems().get(2).what())
        .isEqualTo(
            "The expression \"genre\" needs a number for its value, and the column \"genre\" is"
                + " text.");
  }
}
