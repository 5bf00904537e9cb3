package org.mtl4j.core.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.BoundSpace;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.LabelWindow;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** One task's share of a {@link LabelEncoder}: its expressions bound to a source's columns. */
final class TaskLabels {
  private final Task task;
  private final BoundSpace space;
  private final LabelReader label;
  private final Optional<BoundExpression> weight;
  private final LongAdder unseen;

  private TaskLabels(
      Task task,
      BoundSpace space,
      LabelReader label,
      Optional<BoundExpression> weight,
      LongAdder unseen) {
    this.task = task;
    this.space = space;
    this.label = label;
    this.weight = weight;
    this.unseen = unseen;
  }

  /**
   * Binds a task's expressions.
   *
   * @throws MtlException with a problem for each that does not fit
   */
  static TaskLabels bind(FittedTask fitted, Columns columns) {
    Task task = fitted.task();
    Binder binder = new Binder(task.name(), columns, new ArrayList<>());
    LongAdder unseen = new LongAdder();
    Optional<BoundExpression> where =
        task.space().where().flatMap(e -> binder.bind("where", e, true));
    Optional<Integer> age = task.space().window().flatMap(w -> binder.age());
    String key = task.type() instanceof TaskType.Clustering ? "compared_with" : "label";
    Optional<LabelReader> label =
        binder
            .bind(key, task.label(), task.type() instanceof TaskType.Regression)
            .map(bound -> reader(fitted, bound, unseen));
    Optional<BoundExpression> weight =
        task.exampleWeight().flatMap(e -> binder.bind("example_weight", e, true));
    if (!binder.problems().isEmpty()) {
      throw new MtlException(binder.problems());
    }
    BoundSpace space = new BoundSpace(where, task.space().window(), age);
    return new TaskLabels(task, space, label.orElseThrow(), weight, unseen);
  }

  private static LabelReader reader(FittedTask fitted, BoundExpression bound, LongAdder unseen) {
    if (fitted.task().type().isUnsupervised()) {
      return NumberReader.compared(bound);
    }
    if (fitted.task().type() instanceof TaskType.Multilabel sets) {
      return new SetReader(bound, sets.text(), fitted.encoding().names(), unseen);
    }
    if (fitted.encoding() instanceof LabelEncoding.Classes classes) {
      return NumberReader.multiclass(bound, classes.names(), unseen);
    }
    if (fitted.task().type() instanceof TaskType.Binary binary) {
      return NumberReader.binary(fitted.name(), bound, binary.positive());
    }
    RegressionLoss loss = ((TaskType.Regression) fitted.task().type()).loss();
    return NumberReader.regression(fitted.name(), bound, loss);
  }

  /** Binds expressions, putting each problem at the key of the expression that has it. */
  private record Binder(String task, Columns columns, List<Problem> problems) {
    Optional<BoundExpression> bind(String key, Expression expression, boolean number) {
      return bind(key, () -> number ? expression.bindNumber(columns) : expression.bind(columns));
    }

    Optional<Integer> age() {
      return bind("label_window", () -> columns.indexOf(LabelWindow.AGE));
    }

    private <T> Optional<T> bind(String key, Supplier<T> binding) {
      try {
        return Optional.of(binding.get());
      } catch (MtlException e) {
        String place = "tasks." + task + "." + key;
        e.problems().forEach(p -> problems.add(new Problem(p.code(), place, p.what(), p.remedy())));
        return Optional.empty();
      }
    }
  }

  /** Rows with a class not seen in training. */
  long unseenClasses() {
    return unseen.sum();
  }

  /** The task's labels, masks and weights. */
  LabelColumn encode(RawBatch rows) {
    int n = rows.rowCount();
    float[] labels = new float[n * Math.max(1, label.classes())];
    boolean[] mask = new boolean[n];
    float[] weights = new float[n];
    Arrays.fill(weights, 1);
    Optional<boolean[]> young = young(rows);
    boolean[] drawn = rows.drawn().map(DrawnRows::rows).orElseGet(() -> new boolean[n]);
    boolean negative = rows.drawn().map(d -> d.tasks().contains(task.name())).orElse(false);
    for (int row = 0; row < n; row++) {
      if (!space.contains(rows, row)) {
        continue;
      }
      // Its label is 0 already.
      if (drawn[row] ? !negative : !label.read(rows, row, labels)) {
        continue;
      }
      mask[row] = true;
      if (weight.isPresent()) {
        weights[row] = weight(weight.get().number(rows, row), rows, row);
      }
    }
    return new LabelColumn(labels, mask, weights, label.classes(), young);
  }

  /** Known of all rows, for a funnel in which the task is a later stage. */
  private Optional<boolean[]> young(RawBatch rows) {
    if (space.window().isEmpty()) {
      return Optional.empty();
    }
    boolean[] young = new boolean[rows.rowCount()];
    for (int row = 0; row < young.length; row++) {
      young[row] = !space.isKnown(rows, row);
    }
    return Optional.of(young);
  }

  private float weight(double value, RawBatch rows, int row) {
    float weight = (float) value;
    if (weight >= 0 && !Float.isInfinite(weight)) {
      return weight;
    }
    throw new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            rows.place(row),
            "The example weight of task \"%s\" is a finite number of at least 0, found %s."
                .formatted(task.name(), Double.isNaN(value) ? "a missing value" : value),
            "It comes from tasks.%s.example_weight, \"%s\": mend the expression, or leave such rows"
                    .formatted(task.name(), task.exampleWeight().orElseThrow())
                + " out by where."));
  }
}
