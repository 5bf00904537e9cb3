package org.mtl4j.data.fit;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/**
 * The classes of a multiclass task, {@value #MAX_CLASSES} at most: each is an output of its own.
 */
final class ClassesFit extends TextFit {
  /** More are a number, an id or a text. */
  static final int MAX_CLASSES = 10_000;

  private static final int EXAMPLES = 3;

  private final Set<String> classes = new HashSet<>();

  /** The classes in the order that a user gave; empty: learnt. */
  private final List<String> order;

  ClassesFit(Task task) {
    super(task);
    order = task.type() instanceof TaskType.Ordinal ordinal ? ordinal.classes() : List.of();
  }

  @Override
  FittedTask provisional() {
    return new FittedTask(task(), new LabelEncoding.Classes(List.of()));
  }

  @Override
  void add(String text) {
    if (task().type() instanceof TaskType.Ordinal && !hasPlace(text)) {
      throw noPlace(text);
    }
    classes.add(text);
    if (classes.size() > MAX_CLASSES) {
      throw tooMany();
    }
  }

  private boolean hasPlace(String text) {
    return order.isEmpty() ? Decimals.isNumber(text) : order.contains(text);
  }

  private MtlException noPlace(String text) {
    String expected =
        order.isEmpty() ? "a number, as no order of classes is given" : "one of " + order;
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            "tasks." + task().name() + ".label",
            "Expected %s, found \"%s\".".formatted(expected, Excerpt.of(text)),
            "Give all classes from low to high in tasks.%s.classes, or leave such rows out by where."
                .formatted(task().name())));
  }

  private MtlException tooMany() {
    String examples =
        classes.stream()
            .sorted()
            .limit(EXAMPLES)
            .map(label -> '"' + Excerpt.of(label) + '"')
            .collect(Collectors.joining(", "));
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            "tasks." + task().name() + ".label",
            String.format(
                Locale.ROOT,
                "Expected at most %,d classes, found more in the first %,d rows that have a say,"
                    + " such as %s.",
                MAX_CLASSES,
                rowCount(),
                examples),
            "Take type: regression if it is a number, or type: binary with the values of"
                + " positive that mean yes."));
  }

  @Override
  Optional<String> onlyLabel() {
    return classes.size() == 1 ? classes.stream().findFirst() : Optional.empty();
  }

  @Override
  LabelEncoding encoding() {
    if (!order.isEmpty()) {
      return new LabelEncoding.Classes(order);
    }
    boolean numbers = classes.stream().allMatch(Decimals::isNumber);
    Comparator<String> byText = Comparator.naturalOrder();
    Comparator<String> byNumber = Comparator.comparingDouble(Decimals::valueOf);
    return new LabelEncoding.Classes(
        classes.stream().sorted(numbers ? byNumber.thenComparing(byText) : byText).toList());
  }
}
