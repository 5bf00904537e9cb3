package org.mtl4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.LabelWindow;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** What goes through a funnel whose stages are known at different times, by hand. */
class OutputLabelsTest {
  private static final TaskType BINARY = new TaskType.Binary(List.of());
  private static final Columns COLUMNS =
      Columns.of(ColumnType.NUMBER, List.of("click", "buy", LabelWindow.AGE));

  private static FittedTask task(String name, String where, Optional<String> window) {
    SampleSpace space =
        new SampleSpace(Optional.of(Expression.parse(where)), window.map(LabelWindow::parse));
    return new FittedTask(
        new Task(name, BINARY, Expression.parse(name), space, Optional.empty(), 1),
        new LabelEncoding.Indicator());
  }

  private static LabelColumn through(Optional<String> clickWindow, Optional<String> buyWindow) {
    double[] click = {0, 1, 1, 0, 1, 1, Double.NaN};
    double[] buy = {0, 0, 1, 0, 0, 1, 0};
    double[] age = {90_000, 90_000, 90_000, 60, 60, 60, 90_000};
    RawBatch rows = new RawBatch(COLUMNS, 7, 0, List.of(click, buy, age), row -> "row " + row);
    List<FittedTask> tasks =
        List.of(task("click", "1", clickWindow), task("buy", "click == 1", buyWindow));
    Map<String, LabelColumn> labels = new LabelEncoder(tasks, COLUMNS).encode(rows);
    OutputSpec output =
        new OutputSpec(
            "through_buy",
            BINARY,
            new LabelEncoding.Indicator(),
            new LabelRule.ThroughStages(List.of("click", "buy")),
            "");
    assertThat(labels.get("click").mask()[3]).isEqualTo(clickWindow.isEmpty());
    return OutputLabels.of(List.of(output), labels).get("through_buy");
  }

  @Test
  void rowGoesThroughWhereAllStagesAreOne() {
    LabelColumn known = through(Optional.empty(), Optional.empty());
    assertThat(known.labels()).containsExactly(0, 0, 1, 0, 0, 1, 0);
    assertThat(known.mask()).containsExactly(true, true, true, true, true, true, false);
  }

  /** Without the clicks of their age, rows that were not clicked would make buying look rarer. */
  @Test
  void rowsTooYoungForALaterStageHaveNoSayEvenWhereTheFirstIsZero() {
    LabelColumn known = through(Optional.empty(), Optional.of("1d"));
    assertThat(known.mask()).containsExactly(true, true, true, false, false, false, false);
    assertThat(through(Optional.of("1d"), Optional.empty()).mask()).isEqualTo(known.mask());
    assertThat(through(Optional.empty(), Optional.of("1m")).mask())
        .containsExactly(true, true, true, true, true, true, false);
  }
}
