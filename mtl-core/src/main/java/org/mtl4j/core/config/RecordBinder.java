package org.mtl4j.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/**
 * Makes records of configurations by the names and types of their components.
 *
 * <p>The key of a component is its name in snake case. Components are {@code int}, {@code long},
 * {@code double}, {@code boolean}, {@code String}, {@link org.mtl4j.core.task.Expression}, enums
 * (lower-case names), records, sealed interfaces of records (see {@link ConfigName} and {@link
 * Discriminator}), {@link Choice}, {@link ConfigNode} as it stands, and {@code Optional}, {@code
 * List} and {@code Map<String, ...>} of those. A single value is also a list of one.
 *
 * <p>An absent key is the component's {@link Default}, empty for an {@code Optional}, and a problem
 * for anything else. What a compact constructor refuses by an {@code IllegalArgumentException} is a
 * problem too, at the key {@code x} if its message starts with {@code x:}.
 */
public final class RecordBinder {
  private final Problems problems;
  private final ScalarBinder scalars;

  private RecordBinder(Problems problems) {
    this.problems = problems;
    this.scalars = new ScalarBinder(problems);
  }

  /**
   * Binds a node.
   *
   * @param node the configuration
   * @param type a record, or a sealed interface of records
   * @param problems takes everything that is wrong
   * @return the record; empty if something is wrong with the node
   * @throws IllegalStateException if the type cannot be bound, or a default does not fit: faults of
   *     the program, not of its user
   */
  public static <R> Optional<R> bind(ConfigNode node, Class<R> type, Problems problems) {
    int before = problems.size();
    Optional<R> bound = new RecordBinder(problems).value(node, type).map(type::cast);
    return problems.size() == before ? bound : Optional.empty();
  }

  // Throughout: empty means that a problem was reported.
  private Optional<Object> value(ConfigNode node, Type type) {
    if (type instanceof ParameterizedType generic) {
      return container(node, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> plain = (Class<?>) type;
    if (plain == ConfigNode.class) {
      return Optional.of(node);
    }
    if (plain == Choice.class) {
      return choice(node);
    }
    if (plain.isRecord()) {
      return mapping(node, "a map").flatMap(map -> record(map, plain));
    }
    return plain.isSealed() ? variant(node, Variants.of(plain)) : scalars.bind(node, plain);
  }

  private Optional<Object> container(ConfigNode node, Class<?> raw, Type[] arguments) {
    Type element = arguments[arguments.length - 1];
    if (raw == Optional.class) {
      return node instanceof ConfigNode.Null
          ? Optional.of(Optional.empty())
          : value(node, element).map(Optional::of);
    }
    if (raw == List.class) {
      return list(node, element);
    }
    if (raw == Map.class && arguments[0] == String.class) {
      return mapping(node, "a map").flatMap(map -> map(map, element));
    }
    throw new IllegalStateException(
        node.path() + ": " + raw.getName() + " is no type that a configuration can hold");
  }

  private Optional<Object> list(ConfigNode node, Type element) {
    boolean single =
        node instanceof ConfigNode.Scalar
            && element instanceof Class<?> type
            && ScalarBinder.reads(type);
    if (single) {
      return value(node, element).map(List::of);
    }
    if (!(node instanceof ConfigNode.Sequence sequence)) {
      return wrongType(node, "a list", "");
    }
    return all(sequence.items().stream().map(item -> value(item, element)).toList())
        .map(List::copyOf);
  }

  private Optional<Object> map(ConfigNode.Mapping map, Type element) {
    List<Optional<Object>> values =
        map.entries().values().stream().map(entry -> value(entry, element)).toList();
    return all(values)
        .map(
            bound -> {
              Map<String, Object> result = new LinkedHashMap<>();
              map.entries().keySet().forEach(key -> result.put(key, bound.get(result.size())));
              return Collections.unmodifiableMap(result);
            });
  }

  private static Optional<List<Object>> all(List<Optional<Object>> values) {
    boolean complete = values.stream().allMatch(Optional::isPresent);
    return complete
        ? Optional.of(values.stream().map(Optional::orElseThrow).toList())
        : Optional.empty();
  }

  private Optional<Object> choice(ConfigNode node) {
    return tagged(node, Choice.KEY)
        .flatMap(
            map ->
                scalars
                    .bind(map.entries().get(Choice.KEY), String.class)
                    .map(name -> new Choice((String) name, map.without(Choice.KEY))));
  }

  private Optional<Object> variant(ConfigNode node, Variants variants) {
    Optional<ConfigNode.Mapping> map = tagged(node, variants.key());
    if (map.isEmpty()) {
      return Optional.empty();
    }
    ConfigNode tag = map.get().entries().get(variants.key());
    Optional<Object> name = scalars.bind(tag, String.class);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Class<?> type = variants.byName().get((String) name.get());
    if (type != null) {
      return record(map.get(), type);
    }
    Collection<String> known = variants.byName().keySet();
    problems.add(
        new Problem(
            ErrorCode.UNKNOWN_NAME,
            tag.where(),
            "Expected one of %s, found \"%s\"."
                .formatted(
                    String.join(", ", new TreeSet<>(known)), Excerpt.of((String) name.get())),
            Nearest.of((String) name.get(), known)
                .map("Did you mean \"%s\"?"::formatted)
                .orElse("")));
    return Optional.empty();
  }

  /** A map that holds a certain key. */
  private Optional<ConfigNode.Mapping> tagged(ConfigNode node, String key) {
    Optional<ConfigNode.Mapping> map = mapping(node, "a map with the key \"" + key + "\"", key);
    if (map.isPresent() && !map.get().entries().containsKey(key)) {
      missing(map.get(), key);
      return Optional.empty();
    }
    return map;
  }

  private Optional<Object> record(ConfigNode.Mapping map, Class<?> type) {
    RecordShape shape = RecordShape.of(type);
    reportUnknownKeys(map, shape);
    List<Optional<Object>> values = new ArrayList<>();
    shape.components().forEach((key, component) -> values.add(component(map, key, component)));
    return all(values).flatMap(bound -> construct(map, shape, bound));
  }

  private void reportUnknownKeys(ConfigNode.Mapping map, RecordShape shape) {
    Set<String> known = new LinkedHashSet<>();
    Variants.Tag.of(shape.type()).ifPresent(tag -> known.add(tag.key()));
    known.addAll(shape.components().keySet());
    map.entries()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                problems.add(
                    new Problem(
                        ErrorCode.CONFIG_UNKNOWN_KEY,
                        value.where(),
                        "There is no key \"" + key + "\" here.",
                        known.isEmpty() ? "No keys are known." : Nearest.hint(key, known)));
              }
            });
  }

  private Optional<Object> component(
      ConfigNode.Mapping map, String key, RecordComponent component) {
    ConfigNode node = map.entries().get(key);
    if (node != null) {
      return value(node, component.getGenericType());
    }
    Default byDefault = component.getAnnotation(Default.class);
    if (byDefault != null) {
      return Optional.of(byDefault(byDefault.value(), map.pathOf(key), component));
    }
    if (component.getType() == Optional.class) {
      return Optional.of(Optional.empty());
    }
    missing(map, key);
    return Optional.empty();
  }

  private static Object byDefault(String yaml, String path, RecordComponent component) {
    Problems faults = new Problems();
    Location location =
        Location.of(
            "the default of %s.%s"
                .formatted(component.getDeclaringRecord().getSimpleName(), component.getName()));
    ConfigNode node =
        new YamlReader(System::getenv, faults, mark -> location).read(yaml, path, location);
    Optional<Object> value = new RecordBinder(faults).value(node, component.getGenericType());
    if (value.isEmpty() || !faults.isEmpty()) {
      throw new IllegalStateException(location + " does not fit: " + faults.list());
    }
    return value.get();
  }

  private Optional<Object> construct(
      ConfigNode.Mapping map, RecordShape shape, List<Object> values) {
    try {
      return Optional.of(shape.construct(values));
    } catch (IllegalArgumentException e) {
      problems.add(Refusal.problem(e, map, shape));
      return Optional.empty();
    }
  }

  private Optional<ConfigNode.Mapping> mapping(ConfigNode node, String expected) {
    return mapping(node, expected, "");
  }

  private Optional<ConfigNode.Mapping> mapping(ConfigNode node, String expected, String key) {
    if (node instanceof ConfigNode.Mapping map) {
      return Optional.of(map);
    }
    boolean bareName = !key.isEmpty() && node instanceof ConfigNode.Scalar;
    wrongType(
        node,
        expected,
        bareName ? "Write {%s: %s}.".formatted(key, ((ConfigNode.Scalar) node).text()) : "");
    return Optional.empty();
  }

  private void missing(ConfigNode.Mapping map, String key) {
    problems.add(
        ErrorCode.CONFIG_MISSING_KEY, map.where(), "The key \"" + key + "\" is missing here.");
  }

  private Optional<Object> wrongType(ConfigNode node, String expected, String remedy) {
    problems.add(
        new Problem(
            ErrorCode.CONFIG_TYPE,
            node.where(),
            "Expected " + expected + ", found " + node.describe() + ".",
            remedy));
    return Optional.empty();
  }
}
