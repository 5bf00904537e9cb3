package org.mtl4j.data.codec;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a type is made of, as text: a line each record, enum and sealed type that can be reached.
 * Bytes that were written of a type can be read back by a program that has each of its records as
 * it was; sealed types may have new classes and enums new constants, which nobody has written.
 */
final class TypeStructure {
  private static final String RECORD = " of ";
  private static final String CHOICE = " is ";

  private final Set<Type> leaves;
  private final Set<Class<?>> seen = new LinkedHashSet<>();
  private final Deque<Class<?>> open = new ArrayDeque<>();

  /** With types of which nobody looks inside. */
  TypeStructure(Set<Type> leaves) {
    this.leaves = leaves;
  }

  /** The structure of a class. */
  String of(Class<?> type) {
    StringBuilder lines = new StringBuilder();
    find(type);
    while (!open.isEmpty()) {
      Class<?> next = open.remove();
      lines
          .append(next.getName())
          .append(next.isRecord() ? RECORD : CHOICE)
          .append(inside(next))
          .append('\n');
    }
    return lines.toString();
  }

  /** The first line of a structure that was written which another one cannot read, if any. */
  static Optional<String> unreadable(String written, String now) {
    Map<String, String> known = new HashMap<>();
    now.lines().forEach(line -> known.put(name(line), line));
    return written
        .lines()
        .filter(line -> !isReadable(line, known.getOrDefault(name(line), "")))
        .findFirst();
  }

  private static String name(String line) {
    return line.substring(0, Math.max(0, line.indexOf(' ')));
  }

  private static boolean isReadable(String written, String now) {
    String start = name(written) + CHOICE;
    if (!written.startsWith(start) || !now.startsWith(start)) {
      return written.equals(now);
    }
    Set<String> choices = Set.of(now.substring(start.length()).split("\\|"));
    return choices.containsAll(List.of(written.substring(start.length()).split("\\|")));
  }

  private void find(Class<?> type) {
    boolean composed = type.isRecord() || type.isEnum() || type.isSealed();
    if (composed && !leaves.contains(type) && seen.add(type)) {
      open.add(type);
    }
  }

  private String inside(Class<?> type) {
    if (type.isEnum()) {
      // By their names, in whatever order.
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .sorted()
          .collect(Collectors.joining("|"));
    }
    if (type.isSealed() && !type.isRecord()) {
      List<Class<?>> permitted =
          Arrays.stream(type.getPermittedSubclasses())
              .sorted(Comparator.comparing(Class::getName))
              .toList();
      permitted.forEach(this::find);
      return permitted.stream().map(Class::getName).collect(Collectors.joining("|"));
    }
    return Arrays.stream(type.getRecordComponents())
        .map(this::component)
        .collect(Collectors.joining(", "));
  }

  private String component(RecordComponent component) {
    reach(component.getGenericType());
    return component.getName() + ": " + component.getGenericType().getTypeName();
  }

  private void reach(Type type) {
    if (type instanceof Class<?> raw) {
      find(raw);
    } else if (type instanceof java.lang.reflect.ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(this::reach);
    } else if (type instanceof java.lang.reflect.WildcardType wildcard) {
      reach(wildcard.getUpperBounds()[0]);
    }
  }
}
