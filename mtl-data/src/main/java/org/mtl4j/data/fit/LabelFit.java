package org.mtl4j.data.fit;

import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.memory.HeapShare;

/** One task's label on its way to being learnt. */
abstract sealed class LabelFit permits NumberFit, TextFit, UnlabelledFit {
  private final Task task;

  LabelFit(Task task) {
    this.task = task;
  }

  /**
   * Nothing seen yet.
   *
   * @param heap takes the classes of sets
   */
  static LabelFit of(Task task, HeapShare heap) {
    if (task.type().isUnsupervised()) {
      return new UnlabelledFit(task);
    }
    if (task.type() instanceof TaskType.Multilabel type) {
      return new ClassSetFit(task, type, heap);
    }
    return task.type().isClass() ? new ClassesFit(task) : new NumberFit(task);
  }

  final Task task() {
    return task;
  }

  /** The task with an encoding that reads labels before anything was learnt of them. */
  abstract FittedTask provisional();

  /** Binds what the label encoder does not read. */
  abstract void bind(Columns columns);

  /**
   * Looks at a block of training rows.
   *
   * @param labels as the provisional task reads them
   * @throws org.mtl4j.core.error.MtlException of code DATA_VALUE if there are too many classes
   */
  abstract void observe(RawBatch rows, LabelColumn labels);

  /** Rows that counted. */
  abstract long rowCount();

  /** What all rows that counted have for a label, if it is the same. */
  abstract Optional<String> onlyLabel();

  /** What looks odd about what was learnt, as a sentence. */
  Optional<String> warning() {
    return Optional.empty();
  }

  /** What was learnt; only where there is no {@link #problem}. */
  abstract LabelEncoding encoding();

  /** Why the task cannot be trained. */
  final Optional<Problem> problem() {
    String place = "tasks." + task.name();
    if (rowCount() == 0) {
      return Optional.of(
          new Problem(
              ErrorCode.NO_ROWS,
              place,
              "No training row has a say in this task: everywhere its label is missing, its where"
                  + " is not true, or its weight is 0.",
              "Check " + place + ".label and where, data.where and data.split."));
    }
    return onlyLabel()
        .map(
            label ->
                new Problem(
                    ErrorCode.ONE_CLASS,
                    place,
                    ("Expected at least two different labels among the training rows of this"
                            + " task, found %s in all %d.")
                        .formatted(Excerpt.of(label), rowCount()),
                    "Check " + place + ".label, positive and where, or split the data otherwise."));
  }
}
