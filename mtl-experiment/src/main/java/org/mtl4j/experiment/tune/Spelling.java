package org.mtl4j.experiment.tune;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.config.ConfigNode;

/** Values of a configuration in tables and in JSON. */
final class Spelling {
  private Spelling() {}

  /** In one line. */
  static String of(ConfigNode node) {
    if (node instanceof ConfigNode.Mapping map) {
      return map.entries().entrySet().stream()
          .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
          .collect(joining(", ", "{", "}"));
    }
    if (node instanceof ConfigNode.Sequence list) {
      return list.items().stream().map(Spelling::of).collect(joining(", ", "[", "]"));
    }
    return node instanceof ConfigNode.Scalar scalar ? scalar.typed() : "null";
  }

  /** As a value that becomes JSON; texts that are numbers become numbers. */
  static Object json(ConfigNode node) {
    if (node instanceof ConfigNode.Mapping map) {
      Map<String, Object> json = new LinkedHashMap<>();
      map.entries().forEach((key, value) -> json.put(key, json(value)));
      return json;
    }
    if (node instanceof ConfigNode.Sequence list) {
      return list.items().stream().map(Spelling::json).toList();
    }
    return node instanceof ConfigNode.Scalar scalar ? number(scalar) : "null";
  }

  private static Object number(ConfigNode.Scalar scalar) {
    String text = scalar.typed();
    if (scalar.quoted()) {
      return text;
    }
    if (text.matches("-?\\d{1,18}")) {
      return Long.valueOf(text);
    }
    return text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?") ? (Object) Double.valueOf(text) : text;
  }
}
