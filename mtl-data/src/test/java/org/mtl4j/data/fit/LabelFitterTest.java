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
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

class LabelFitterTest {
  private static final TaskType BINARY = new TaskType.Binary(List.of());
  private static final TaskType CLASSES = new TaskType.Multiclass();
  private static final TaskType NUMBER = new TaskType.Regression(TaskType.RegressionLoss.MSE);

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

  @Test
  void meanAndDeviationAreWeightedOverRowsThatHaveASay() {
    // Weights 1, 3 and 0 and a row outside: mean (2 + 3 * 6) / 4 = 5, variance (9 + 3) / 4 = 3.
    List<FittedTask> fitted =
        fit(List.of(task("a", NUMBER, "c == 1", "b")), "2,1,1", "6,3,1", "99,0,1", "77,1,0");
    LabelEncoding.Scale scale = (LabelEncoding.Scale) fitted.get(0).encoding();
    assertThat(scale.mean()).isCloseTo(5, within(1e-12));
    assertThat(scale.deviation()).isCloseTo(Math.sqrt(3), within(1e-12));
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
    return fitter.fit();
  }

  private static MtlException failure(ThrowingCallable call) {
    MtlException error = catchThrowableOfType(MtlException.class, call);
    assertThat(error).as("an MtlException").isNotNull();
    return error;
  }
}
