package org.mtl4j.data.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.memory.HeapShare;

/**
 * Learns labels from the training rows, in one pass: show it every block, then ask for the result.
 * Only rows that have a say in a task, with a weight above 0, count for it.
 *
 * <ul>
 *   <li>Binary: nothing to learn; both classes must be there.
 *   <li>Multiclass: the classes, by value if all are numbers, otherwise by text; at least two, at
 *       most 10,000.
 *   <li>Multilabel: the classes by falling number of rows that have them, equal numbers by text;
 *       those in fewer than {@code min_count} rows stay out, as do those behind the first {@code
 *       max_classes}. Every different one is held until the last row, in a quarter of the heap at
 *       most for all tasks together.
 *   <li>Tasks without a label: nothing to learn; there must be rows.
 *   <li>Regression: the weighted mean and deviation (of the population); it must vary.
 * </ul>
 *
 * <p>Not for use by several threads at a time.
 */
public final class LabelFitter {
  private static final double CLASSES_SHARE = 0.25;

  private final Map<String, LabelFit> fits = new LinkedHashMap<>();
  private final LabelEncoder encoder;
  private final Optional<DownSampling> sampling;

  /**
   * A fitter that has seen nothing.
   *
   * @param columns the columns of the rows it will see
   * @throws MtlException with every expression of every task that does not fit the columns
   */
  public LabelFitter(List<Task> tasks, Columns columns) {
    this(tasks, columns, Optional.empty());
  }

  /**
   * As {@link #LabelFitter(List, Columns)}, for rows of which some were left out.
   *
   * @param sampling how
   */
  public LabelFitter(List<Task> tasks, Columns columns, Optional<DownSampling> sampling) {
    this(tasks, columns, sampling, HeapShare.of(CLASSES_SHARE));
  }

  LabelFitter(List<Task> tasks, Columns columns, Optional<DownSampling> sampling, HeapShare heap) {
    this.sampling = sampling;
    tasks.forEach(task -> fits.put(task.name(), LabelFit.of(task, heap)));
    // It reads the labels of binary tasks and regressions, and checks every expression.
    encoder = new LabelEncoder(fits.values().stream().map(LabelFit::provisional).toList(), columns);
    fits.values().forEach(fit -> fit.bind(columns));
  }

  /**
   * Looks at a block of training rows.
   *
   * @throws MtlException of code DATA_VALUE, naming place and task, for a label or weight that the
   *     task does not allow, or naming the task for more classes than it may have; of code MEMORY
   *     for more different classes than the heap's share holds
   */
  public void observe(RawBatch rows) {
    Map<String, LabelColumn> all = encoder.encode(rows);
    Map<String, LabelColumn> labels = sampling.map(s -> s.weigh(all)).orElse(all);
    fits.forEach((name, fit) -> fit.observe(rows, labels.get(name)));
  }

  /** What looks odd about what was learnt of the rows seen so far, a sentence each. */
  public List<String> warnings() {
    return fits.values().stream().flatMap(fit -> fit.warning().stream()).toList();
  }

  /**
   * The tasks as learnt, in order.
   *
   * @throws MtlException with a problem for every task that cannot be trained: of code NO_ROWS if
   *     no row has a say, ONE_CLASS if all that do have the same label
   */
  public List<FittedTask> fit() {
    List<FittedTask> fitted = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (LabelFit fit : fits.values()) {
      fit.problem()
          .ifPresentOrElse(
              problems::add, () -> fitted.add(new FittedTask(fit.task(), encoding(fit))));
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return fitted;
  }

  private LabelEncoding encoding(LabelFit fit) {
    return sampling
        .filter(s -> s.task().equals(fit.task().name()))
        .<LabelEncoding>map(s -> new LabelEncoding.Indicator(s.keep()))
        .orElseGet(fit::encoding);
  }
}
