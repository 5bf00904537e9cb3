package org.mtl4j.data.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
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
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.memory.HeapShare;

class LabelFitterTest {
  private static final TaskType BINARY = new TaskType.Binary(List.of());
  private static final TaskType CLASSES = new TaskType.Multiclass();
  private static final TaskType NUMBER = new TaskType.Regression(new RegressionLoss.Mse());

  @Test
  void tasksOfEachTypeLearnTheirEncodingInOrder() {
    List<FittedTask> fitted =
        fit(
            List.of(
                task("a", NUMBER, "", ""), task("b", CLASSES, "", ""), task("c", BINARY, "", "")),
            "1,x,0",
            "3,y,1",
            "?,?,?");
    assertThat(fitted).extracting(FittedTask::name).containsExactly("a", "b", "c");
    assertThat(fitted.get(0).encoding()).isEqualTo(new LabelEncoding.Scale(2, 1));
    assertThat(fitted.get(1).encoding()).isEqualTo(new LabelEncoding.Classes(List.of("x", "y")));
    assertThat(fitted.get(2).encoding()).isEqualTo(new LabelEncoding.Indicator());
  }

  @Test
  void classesThatAreAllNumbersStandByTheirValue() {
    assertThat(classes("10", "9", "-1", "9")).containsExactly("-1", "9", "10");
    assertThat(classes("10", "9", "x")).containsExactly("10", "9", "x");
  }

  @Test
  void moreThanTenThousandClassesAreRefused() {
    String[] labels = IntStream.range(0, 10_001).mapToObj(i -> "c" + i).toArray(String[]::new);
    assertThat(classes(Arrays.copyOf(labels, 10_000))).hasSize(10_000);
    MtlException error = failure(() -> classes(labels));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error)
        .hasMessage(
            "tasks.b.label: Expected at most 10,000 classes, found more in the first 10,001 rows that"
                + " have a say, such as \"c0\", \"c1\", \"c10\". Take type: regression if it is a"
                + " number, or type: binary with the values of positive that mean yes.");
  }

  private static TaskType sets(int minCount, int maxClasses) {
    return new TaskType.Multilabel("|", minCount, maxClasses);
  }

  private static List<String> sets(TaskType type, String... lines) {
    FittedTask fitted = fit(List.of(task("b", type, "a > 0", "c")), lines).get(0);
    return ((LabelEncoding.ClassSet) fitted.encoding()).names();
  }

  /** Three rows count; y twice in one of them counts once. */
  @Test
  void classesOfSetsStandByTheRowsThatHaveThem() {
    String[] lines = {"1,y|y|x,1", "1,z | x,1", "1,|,2", "0,w,1", "1,w,0", "1,?,1"};
    assertThat(sets(sets(1, 10), lines)).containsExactly("x", "y", "z");
    assertThat(sets(sets(2, 10), lines)).containsExactly("x");
    assertThat(sets(sets(1, 2), lines)).containsExactly("x", "y");
  }

  @Test
  void classesBeyondTheLargestNumberAreSaid() {
    LabelFitter fitter = new LabelFitter(List.of(task("b", sets(1, 1), "", "")), columns());
    assertThat(fitter.warnings()).isEmpty();
    observe(fitter, "1,x|y,1", "1,x|z,1", "1,x,1", "1,z,1");
    assertThat(fitter.warnings())
        .containsExactly(
            "tasks.b: 3 classes outgrow max_classes = 1; 2 of them are not predicted, \"z\" in 2"
                + " rows the most frequent one.");
  }

  @Test
  void setsThatAreAllTheSameTeachNothing() {
    MtlException same = failure(() -> sets(sets(1, 10), "1,x|y,1", "1,y|x,1"));
    assertThat(same.code()).isEqualTo(ErrorCode.ONE_CLASS);
    assertThat(same).hasMessageContaining("found x|y in all 2.");
    MtlException rare = failure(() -> sets(sets(2, 10), "1,x,1", "1,y,1"));
    assertThat(rare.code()).isEqualTo(ErrorCode.ONE_CLASS);
    assertThat(rare).hasMessageContaining("found no class that min_count = 2 rows have in all 2.");
  }

  @Test
  void moreClassesThanTheHeapsShareHoldsAreRefused() {
    LabelFitter fitter =
        new LabelFitter(
            List.of(task("b", sets(1, 10), "", "")),
            columns(),
            Optional.empty(),
            new HeapShare(0.5, 1000));
    observe(fitter, "1,a|b|c|d,1");
    MtlException error = failure(() -> observe(fitter, "1,e,1"));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessage(
            "tasks.b.label: Expected what fits into 50 % of the heap, 0.0 MB; found that counting"
                + " its 5 different classes takes more. All are counted, whatever min_count and"
                + " max_classes keep. Or give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g"
                + " elsewhere.");
  }

  @Test
  void meanAndDeviationAreWeightedOverRowsThatHaveASay() {
    // Weights 1, 3 and 0 and a row outside: mean (2 + 3 * 6) / 4 = 5, variance (9 + 3) / 4 = 3.
    List<FittedTask> fitted =
        fit(List.of(task("a", NUMBER, "c == 1", "b")), "2,1,1", "6,3,1", "99,0,1", "77,1,0");
    LabelEncoding.Scale scale = (LabelEncoding.Scale) fitted.get(0).encoding();
    assertThat(scale.mean()).isCloseTo(5, within(1e-12));
    assertThat(scale.deviation()).isCloseTo(Math.sqrt(3), within(1e-12));
  }

  /** A row of click 0 that was kept stands for four, so that the mean is that of all rows. */
  @Test
  void scaleIsThatOfAllRowsWhereNegativesWereLeftOut() {
    TaskType binary = new TaskType.Binary(List.of());
    TaskType regression = new TaskType.Regression(new RegressionLoss.Mse());
    List<Task> tasks = List.of(task("a", binary, "", ""), task("b", regression, "", ""));
    LabelFitter fitter =
        new LabelFitter(tasks, columns(), Optional.of(new DownSampling("a", 0.25)));
    String[] a = {"1", "1", "0"};
    String[] b = {"7", "1", "2"};
    fitter.observe(new RawBatch(columns(), 3, 0, List.of(a, b, b), row -> "row " + row));
    List<FittedTask> fitted = fitter.fit();
    assertThat(fitted.get(0).encoding()).isEqualTo(new LabelEncoding.Indicator(0.25));
    double mean = 16.0 / 6;
    double square = (49 + 1 + 4 * 4) / 6.0;
    LabelEncoding.Scale scale = (LabelEncoding.Scale) fitted.get(1).encoding();
    assertThat(scale.mean()).isCloseTo(mean, within(1e-12));
    assertThat(scale.deviation()).isCloseTo(Math.sqrt(square - mean * mean), within(1e-12));
  }

  @Test
  void classesOfRowsThatAreTooYoungAreNotLearnt() {
    SampleSpace space = new SampleSpace(Optional.empty(), Optional.of(LabelWindow.parse("10s")));
    Task task = new Task("b", CLASSES, Expression.parse("b"), space, Optional.empty(), 1);
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("b", LabelWindow.AGE));
    LabelFitter fitter = new LabelFitter(List.of(task), columns);
    String[] labels = {"x", "y", "z"};
    String[] ages = {"11", "10", "9"};
    fitter.observe(new RawBatch(columns, 3, 0, List.of(labels, ages), row -> "row " + row));
    assertThat(fitter.fit().get(0).encoding())
        .isEqualTo(new LabelEncoding.Classes(List.of("x", "y")));
  }

  @Test
  void classesOutsideTheSampleSpaceAreNotLearnt() {
    List<FittedTask> fitted =
        fit(List.of(task("b", CLASSES, "a > 0", "c")), "1,x,1", "1,y,2", "0,z,1", "1,w,0");
    assertThat(fitted.get(0).encoding()).isEqualTo(new LabelEncoding.Classes(List.of("x", "y")));
  }

  @Test
  void oneLabelOnlyIsAnErrorThatNamesTaskLabelAndCount() {
    List<Task> tasks =
        List.of(task("a", NUMBER, "", ""), task("b", CLASSES, "", ""), task("c", BINARY, "", ""));
    MtlException error = failure(() -> fit(tasks, "5,x,1", "5,x,1", "5,x,?"));
    assertThat(error.problems()).hasSize(3).allMatch(p -> p.code() == ErrorCode.ONE_CLASS);
    assertThat(error)
        .hasMessageContainingAll(
            "tasks.a: ", "found 5 in all 3", "found x in all 3", "tasks.c: ", "found 1 in all 2");
  }

  @Test
  void taskWithoutRowsIsAnError() {
    MtlException error = failure(() -> fit(List.of(task("a", BINARY, "b == 'z'", "")), "1,x,1"));
    assertThat(error.code()).isEqualTo(ErrorCode.NO_ROWS);
    assertThat(error).hasMessageContainingAll("tasks.a: ", "data.split");
  }

  @Test
  void labelsThatTheTaskDoesNotAllowNameTheRow() {
    MtlException error = failure(() -> fit(List.of(task("a", BINARY, "", "")), "1,x,1", "2,x,1"));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error).hasMessageContainingAll("row 1", "\"2\"");
  }

  @Test
  void expressionsThatDoNotFitAreAllReportedBeforeAnyRow() {
    List<Task> tasks = List.of(task("a", BINARY, "d == 1", ""), task("e", CLASSES, "", ""));
    MtlException error = failure(() -> new LabelFitter(tasks, columns()));
    assertThat(error.problems()).hasSize(2);
    assertThat(error).hasMessageContainingAll("tasks.a.where", "tasks.e.label");
  }

  private static List<String> classes(String... values) {
    String[] lines = new String[values.length];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "0," + values[i] + ",0";
    }
    List<FittedTask> fitted = fit(List.of(task("b", CLASSES, "", "")), lines);
    return ((LabelEncoding.Classes) fitted.get(0).encoding()).names();
  }

  /** A task whose label is the column of its name; empty texts mean none. */
  private static Task task(String name, TaskType type, String where, String weight) {
    return new Task(
        name,
        type,
        Expression.parse(name),
        new SampleSpace(expression(where)),
        expression(weight),
        1);
  }

  private static Optional<Expression> expression(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Expression.parse(text));
  }

  private static Columns columns() {
    return Columns.of(ColumnType.UNTYPED, List.of("a", "b", "c"));
  }

  /** Fits to rows of three untyped columns; a question mark is missing. */
  private static List<FittedTask> fit(List<Task> tasks, String... lines) {
    LabelFitter fitter = new LabelFitter(tasks, columns());
    observe(fitter, lines);
    return fitter.fit();
  }

  private static void observe(LabelFitter fitter, String... lines) {
    List<String[]> cells =
        Collections.nCopies(3, "").stream().map(c -> new String[lines.length]).toList();
    for (int row = 0; row < lines.length; row++) {
      String[] values = lines[row].split(",", -1);
      for (int c = 0; c < 3; c++) {
        cells.get(c)[row] = values[c].equals("?") ? null : values[c];
      }
    }
    fitter.observe(
        new RawBatch(columns(), lines.length, 0, List.copyOf(cells), row -> "row " + row));
  }

  private static MtlException failure(ThrowingCallable call) {
    MtlException error = catchThrowableOfType(MtlException.class, call);
    assertThat(error).as("an MtlException").isNotNull();
    return error;
  }
}
