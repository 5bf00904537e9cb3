package org.mtl4j.data.fit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.memory.HeapShare;

/**
 * The classes of a multilabel task: how many training rows have each, every one of them, since the
 * most frequent are not known before the last row.
 */
final class ClassSetFit extends TextFit {
  private final TaskType.Multilabel type;
  private final HeapShare heap;
  private final Map<String, Long> rowsOf = new HashMap<>();

  ClassSetFit(Task task, TaskType.Multilabel type, HeapShare heap) {
    super(task);
    this.type = type;
    this.heap = heap;
  }

  @Override
  FittedTask provisional() {
    return new FittedTask(task(), new LabelEncoding.ClassSet(List.of()));
  }

  @Override
  void add(String text) {
    for (String name : new HashSet<>(type.text().values(text))) {
      if (rowsOf.merge(name, 1L, Long::sum) == 1 && !heap.takeText(name)) {
        throw heap.refusal(
            "tasks." + task().name() + ".label",
            String.format(Locale.ROOT, "counting its %,d different classes takes", rowsOf.size()),
            "All are counted, whatever min_count and max_classes keep.");
      }
    }
  }

  private List<String> frequent() {
    return rowsOf.keySet().stream()
        .filter(name -> rowsOf.get(name) >= type.minCount())
        .sorted(
            Comparator.comparingLong((String name) -> -rowsOf.get(name))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private List<String> names() {
    List<String> frequent = frequent();
    return frequent.subList(0, Math.min(frequent.size(), type.maxClasses()));
  }

  @Override
  Optional<String> onlyLabel() {
    List<String> names = names();
    if (names.isEmpty()) {
      return Optional.of("no class that min_count = " + type.minCount() + " rows have");
    }
    return names.stream().allMatch(name -> rowsOf.get(name) == rowCount())
        ? Optional.of(String.join(type.separator(), names))
        : Optional.empty();
  }

  @Override
  LabelEncoding encoding() {
    return new LabelEncoding.ClassSet(names());
  }

  @Override
  Optional<String> warning() {
    List<String> frequent = frequent();
    int left = frequent.size() - type.maxClasses();
    if (left <= 0) {
      return Optional.empty();
    }
    String first = frequent.get(type.maxClasses());
    return Optional.of(
        String.format(
            Locale.ROOT,
            "tasks.%s: %,d classes outgrow max_classes = %,d; %,d of them are not predicted, \"%s\""
                + " in %,d rows the most frequent one.",
            task().name(),
            frequent.size(),
            type.maxClasses(),
            left,
            first,
            rowsOf.get(first)));
  }
}
