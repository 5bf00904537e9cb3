package org.mtl4j.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Expression;

/** Reads single values as the type that a record asks for. */
final class ScalarBinder {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

  /** The types and what messages call them. */
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          int.class, "a whole number",
          Integer.class, "a whole number",
          long.class, "a whole number",
          Long.class, "a whole number",
          double.class, "a number",
          Double.class, "a number",
          boolean.class, "true or false",
          Boolean.class, "true or false",
          String.class, "text",
          Expression.class, "an expression");

  private final Problems problems;

  /** A reader that reports to {@code problems}. */
  ScalarBinder(Problems problems) {
    this.problems = problems;
  }

  /** Whether a type is read from a single value. */
  static boolean reads(Class<?> type) {
    return type.isEnum() || TYPES.containsKey(type);
  }

  /** What messages call a type. */
  static String words(Class<?> type) {
    return type.isEnum() ? "one of " + names(type) : TYPES.get(type);
  }

  /** The name of an enum constant in a configuration. */
  static String name(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  /** The value, or empty after reporting why there is none. */
  Optional<Object> bind(ConfigNode node, Class<?> type) {
    if (!reads(type)) {
      throw new IllegalStateException(
          node.path() + ": " + type.getName() + " is no type that a configuration can hold");
    }
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      return wrongType(node, words(type));
    }
    if (type.isEnum()) {
      return constant(scalar, type);
    }
    if (type == String.class) {
      return Optional.of(scalar.text());
    }
    if (type == Expression.class) {
      return expression(scalar);
    }
    return type == boolean.class || type == Boolean.class ? truth(scalar) : number(scalar, type);
  }

  private Optional<Object> truth(ConfigNode.Scalar scalar) {
    return switch (scalar.text()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> wrongType(scalar, "true or false");
    };
  }

  private Optional<Object> number(ConfigNode.Scalar scalar, Class<?> type) {
    boolean fractional = type == double.class || type == Double.class;
    if (!(fractional ? NUMBER : WHOLE).matcher(scalar.text()).matches()) {
      return wrongType(scalar, TYPES.get(type));
    }
    try {
      if (fractional) {
        return finite(scalar);
      }
      return type == long.class || type == Long.class
          ? Optional.of(Long.parseLong(scalar.text()))
          : Optional.of(Integer.parseInt(scalar.text()));
    } catch (NumberFormatException e) {
      boolean wide = type == long.class || type == Long.class;
      return outOfRange(
          scalar,
          "a whole number from %d to %d"
              .formatted(
                  wide ? Long.MIN_VALUE : Integer.MIN_VALUE,
                  wide ? Long.MAX_VALUE : Integer.MAX_VALUE));
    }
  }

  private Optional<Object> finite(ConfigNode.Scalar scalar) {
    double value = Double.parseDouble(scalar.text());
    return Double.isInfinite(value)
        ? outOfRange(scalar, "a number up to 1.8e308")
        : Optional.of(value);
  }

  private Optional<Object> expression(ConfigNode.Scalar scalar) {
    try {
      return Optional.of(Expression.parse(scalar.text()));
    } catch (MtlException e) {
      problems.addAt(scalar.where(), e);
      return Optional.empty();
    }
  }

  private Optional<Object> constant(ConfigNode.Scalar scalar, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (name(constant).equals(scalar.text())) {
        return Optional.of(constant);
      }
    }
    problems.add(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            scalar.where(),
            "Expected one of %s, found %s.".formatted(names(type), scalar.describe()),
            Nearest.of(scalar.text(), constants(type))
                .map("Did you mean \"%s\"?"::formatted)
                .orElse("")));
    return Optional.empty();
  }

  private static String names(Class<?> type) {
    return String.join(", ", constants(type));
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(ScalarBinder::name).toList();
  }

  private Optional<Object> outOfRange(ConfigNode.Scalar scalar, String expected) {
    problems.add(
        ErrorCode.CONFIG_VALUE,
        scalar.where(),
        "Expected " + expected + ", found " + Excerpt.of(scalar.text()) + ".");
    return Optional.empty();
  }

  private Optional<Object> wrongType(ConfigNode node, String expected) {
    problems.add(
        ErrorCode.CONFIG_TYPE,
        node.where(),
        "Expected " + expected + ", found " + node.describe() + ".");
    return Optional.empty();
  }
}
