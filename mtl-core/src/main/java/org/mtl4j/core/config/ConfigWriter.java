package org.mtl4j.core.config;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.task.Expression;

/**
 * Writes what a {@link RecordBinder} binds, every default filled in, such that binding it again
 * gives an equal record. An empty {@code Optional} is left out, or null where a default would
 * otherwise take its place; a record of a sealed interface starts with its discriminator, a {@link
 * Choice} with its type.
 */
public final class ConfigWriter {
  private static final Location HERE = Location.of("a record");

  private ConfigWriter() {}

  /** A record in YAML. */
  public static String write(Record config) {
    return YamlWriter.write(toNode(config));
  }

  /**
   * A record in YAML, in which {@code ${env:X}} stands as it was typed.
   *
   * @param typed what the record was bound from
   */
  public static String write(Record config, ConfigNode typed) {
    return YamlWriter.write(References.restored(toNode(config), typed));
  }

  /** Records by key in YAML, in the map's order. */
  public static String write(Map<String, ? extends Record> configs) {
    return YamlWriter.write(node("", configs));
  }

  /** A record as the tree that its YAML would be read as. */
  public static ConfigNode.Mapping toNode(Record config) {
    return record("", config);
  }

  private static ConfigNode node(String path, Object value) {
    if (value instanceof ConfigNode node) {
      return node;
    }
    if (value instanceof Choice choice) {
      return choice(path, choice);
    }
    if (value instanceof Record config) {
      return record(path, config);
    }
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? node(path, optional.get()) : new ConfigNode.Null(path, HERE);
    }
    if (value instanceof List<?> list) {
      return list(path, list);
    }
    return value instanceof Map<?, ?> map ? map(path, map) : scalar(path, value);
  }

  private static ConfigNode.Mapping record(String path, Record config) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    Variants.Tag.of(config.getClass())
        .ifPresent(tag -> entries.put(tag.key(), text(child(path, tag.key()), tag.name())));
    RecordShape.of(config.getClass())
        .components()
        .forEach(
            (key, component) -> {
              Object value = RecordShape.value(component, config);
              if (!isLeftOut(component, value)) {
                entries.put(key, node(child(path, key), value));
              }
            });
    return new ConfigNode.Mapping(path, HERE, entries);
  }

  private static boolean isLeftOut(RecordComponent component, Object value) {
    return value instanceof Optional<?> optional
        && optional.isEmpty()
        && !component.isAnnotationPresent(Default.class);
  }

  private static ConfigNode.Mapping choice(String path, Choice choice) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    entries.put(Choice.KEY, text(child(path, Choice.KEY), choice.type()));
    entries.putAll(choice.body().entries());
    return new ConfigNode.Mapping(path, HERE, entries);
  }

  private static ConfigNode list(String path, List<?> list) {
    List<ConfigNode> items = new ArrayList<>();
    list.forEach(item -> items.add(node(child(path, "" + items.size()), item)));
    return new ConfigNode.Sequence(path, HERE, items);
  }

  private static ConfigNode map(String path, Map<?, ?> map) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put((String) key, node(child(path, (String) key), value)));
    return new ConfigNode.Mapping(path, HERE, entries);
  }

  private static ConfigNode scalar(String path, Object value) {
    if (value instanceof Double number) {
      return new ConfigNode.Scalar(path, HERE, spell(number), false);
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return new ConfigNode.Scalar(path, HERE, value.toString(), false);
    }
    if (value instanceof Enum<?>) {
      return text(path, ScalarBinder.name(value));
    }
    if (value instanceof String || value instanceof Expression) {
      return text(path, value.toString());
    }
    throw new IllegalStateException(
        path + ": " + value.getClass().getName() + " is no type that a configuration can hold");
  }

  private static ConfigNode text(String path, String value) {
    return new ConfigNode.Scalar(path, HERE, value, true);
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  // 1.0E-4 is a number to Java but not to every reader of YAML.
  private static String spell(double number) {
    double size = Math.abs(number);
    if (size >= 1e-6 && size < 1e15) {
      BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
      return exact.setScale(Math.max(1, exact.scale())).toPlainString();
    }
    String text = Double.toString(number).replace('E', 'e');
    return text.contains("e-") ? text : text.replace("e", "e+");
  }
}
