package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.data.split.Split;

/**
 * A later stage without the earlier one, a purchase without a click say. What comes after what is
 * said by a binary task's {@code where}, if it reads nothing but labels of other binary tasks, or
 * else by the stages that the model declares.
 */
final class FunnelOrder implements LintCheck {
  private static final int PLACES = 3;

  private final String name;
  private final List<Stage> stages;

  FunnelOrder(String name, LintSubject subject) {
    this.name = name;
    Map<String, BinaryTask> tasks = new LinkedHashMap<>();
    subject.binaryTasks().forEach(task -> tasks.put(task.name(), task));
    Map<String, Stage> byTask = new LinkedHashMap<>();
    for (List<String> funnel : subject.funnels()) {
      for (int k = 1; k < funnel.size(); k++) {
        BinaryTask later = tasks.get(funnel.get(k));
        byTask.put(later.name(), Stage.after(tasks.get(funnel.get(k - 1)), later));
      }
    }
    tasks
        .values()
        .forEach(task -> Stage.where(task, subject).ifPresent(s -> byTask.put(task.name(), s)));
    this.stages = List.copyOf(byTask.values());
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    stages.forEach(stage -> stage.observe(rows));
  }

  @Override
  public List<Finding> findings() {
    return stages.stream().filter(stage -> stage.broken > 0).map(this::finding).toList();
  }

  private Finding finding(Stage stage) {
    return new Finding(
        name,
        Severity.ERROR,
        "tasks." + stage.later.name(),
        String.format(
            Locale.ROOT,
            "%,d of its %,d positive rows are outside of %s: %s%s.",
            stage.broken,
            stage.positives,
            stage.words,
            String.join("; ", stage.places),
            stage.broken > stage.places.size() ? "; ..." : ""),
        "Mend the log, leave such rows out by data.where, or declare no funnel where there is none.");
  }

  /** A stage and the condition that comes before it. */
  private static final class Stage {
    private final BinaryTask later;
    private final String words;
    private final RowTest before;
    private final List<String> places = new ArrayList<>();
    private long positives;
    private long broken;

    private Stage(BinaryTask later, String words, RowTest before) {
      this.later = later;
      this.words = words;
      this.before = before;
    }

    static Stage after(BinaryTask earlier, BinaryTask later) {
      return new Stage(
          later,
          "the stage before, \"" + earlier.name() + "\"",
          (rows, row) -> earlier.label(rows, row) == 0);
    }

    /** The stage that a task's own {@code where} declares. */
    static Optional<Stage> where(BinaryTask task, LintSubject subject) {
      if (task.space().where().isEmpty()) {
        return Optional.empty();
      }
      Set<String> labels = new HashSet<>();
      subject.binaryTasks().stream()
          .filter(other -> !other.name().equals(task.name()))
          .map(other -> subject.sources(other.task().label()))
          .filter(columns -> columns.size() == 1)
          .forEach(labels::addAll);
      labels.removeAll(subject.sources(task.task().label()));
      BoundExpression where = task.space().where().get();
      var written = task.task().space().where().orElseThrow();
      return labels.containsAll(subject.sources(written))
          ? Optional.of(
              new Stage(
                  task,
                  "its where, \"" + written + "\"",
                  (rows, row) -> where.number(rows, row) == 0))
          : Optional.empty();
    }

    void observe(RawBatch rows) {
      for (int row = 0; row < rows.rowCount(); row++) {
        if (later.label(rows, row) == 1) {
          positives++;
          if (before.isFalse(rows, row)) {
            broken++;
            if (places.size() < PLACES) {
              places.add(rows.place(row));
            }
          }
        }
      }
    }
  }

  /** Whether what comes before did not happen; what is missing may have. */
  private interface RowTest {
    boolean isFalse(RawBatch rows, int row);
  }
}
