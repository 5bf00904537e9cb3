package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.BoundSpace;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Task;

/** Counts the rows that lost their say in a task to its {@code label_window}. */
public final class YoungLabels {
  private final List<Window> windows;

  /**
   * Nothing counted yet.
   *
   * @param tasks those without a window count nothing
   * @param columns of the rows, their age included if a task has a window
   */
  public YoungLabels(List<Task> tasks, Columns columns) {
    this.windows =
        tasks.stream()
            .filter(task -> task.space().window().isPresent())
            .map(
                task ->
                    new Window(task, BoundSpace.of(task.space(), columns), new LinkedHashMap<>()))
            .toList();
  }

  /** Rows of a task inside its {@code where}, and those of them that are too young. */
  private static final class Count {
    private long rows;
    private long young;
  }

  private record Window(Task task, BoundSpace space, Map<String, Count> parts) {
    void observe(String part, RawBatch rows) {
      Count count = parts.computeIfAbsent(part, p -> new Count());
      for (int row = 0; row < rows.rowCount(); row++) {
        if (space.isInside(rows, row)) {
          count.rows++;
          count.young += space.isKnown(rows, row) ? 0 : 1;
        }
      }
    }

    List<String> warnings() {
      List<String> warnings = new ArrayList<>();
      parts.forEach(
          (part, count) -> {
            if (count.young > 0) {
              warnings.add(
                  String.format(
                      Locale.ROOT,
                      "%,d of the %,d %s rows have no say in %s: they are younger than its"
                          + " label_window, %s",
                      count.young,
                      count.rows,
                      part,
                      task.name(),
                      task.space().window().orElseThrow().text()));
            }
          });
      return warnings;
    }
  }

  /**
   * Looks at a block of rows.
   *
   * @param part what to call them: training, validation, test
   */
  public void observe(String part, RawBatch rows) {
    windows.forEach(window -> window.observe(part, rows));
  }

  /** How many rows had no say, a sentence for each task and part where there were some. */
  public List<String> warnings() {
    return windows.stream().flatMap(window -> window.warnings().stream()).toList();
  }
}
