package org.mtl4j.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * A value to be put at a path, whatever is there now.
 *
 * @param keys the path's keys
 * @param value the value, at its path and location
 */
record Replacement(List<String> keys, ConfigNode value) {
  /** As deep as YAML is read: the stack is finite. */
  private static final int MAX_DEPTH = 50;

  /**
   * A replacement at the value's own path.
   *
   * @throws MtlException of code CONFIG_SYNTAX if a key of the path is empty
   */
  static Replacement of(ConfigNode value) {
    List<String> keys = List.of(value.path().split("\\.", -1));
    if (keys.contains("")) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_SYNTAX,
              value.location().toString(),
              "Expected keys joined by dots, found \"" + value.path() + "\".",
              "Write it like tasks.income.loss_weight=2."));
    }
    if (keys.size() > MAX_DEPTH) {
      throw new MtlException(
          Problem.of(
              ErrorCode.CONFIG_SYNTAX,
              "--set",
              "Expected at most %d keys joined by dots, found %d."
                  .formatted(MAX_DEPTH, keys.size())));
    }
    return new Replacement(keys, value);
  }

  /**
   * The tree with the value in its place.
   *
   * @throws MtlException if the path leads through something that has no such key
   */
  ConfigNode.Mapping applyTo(ConfigNode.Mapping root) {
    return inMap(root, 0);
  }

  private ConfigNode at(ConfigNode node, int depth) {
    if (depth == keys.size()) {
      return value;
    }
    if (node instanceof ConfigNode.Mapping map) {
      return inMap(map, depth);
    }
    if (node instanceof ConfigNode.Sequence list) {
      return inList(list, depth);
    }
    if (node instanceof ConfigNode.Null) {
      return inMap(new ConfigNode.Mapping(node.path(), node.location(), Map.of()), depth);
    }
    throw failure(
        ErrorCode.CONFIG_TYPE,
        "Expected a map or a list at %s, found %s.".formatted(node.where(), node.describe()));
  }

  private ConfigNode.Mapping inMap(ConfigNode.Mapping map, int depth) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>(map.entries());
    String key = keys.get(depth);
    ConfigNode absent = new ConfigNode.Null(map.pathOf(key), value.location());
    entries.put(key, at(entries.getOrDefault(key, absent), depth + 1));
    return new ConfigNode.Mapping(map.path(), map.location(), entries);
  }

  private ConfigNode.Sequence inList(ConfigNode.Sequence list, int depth) {
    List<ConfigNode> items = new ArrayList<>(list.items());
    String key = keys.get(depth);
    int index = key.matches("[0-9]{1,9}") ? Integer.parseInt(key) : -1;
    if (index < 0 || index >= items.size()) {
      throw failure(
          ErrorCode.CONFIG_VALUE,
          "Expected an index below %d into the list at %s, found \"%s\"."
              .formatted(items.size(), list.where(), key));
    }
    items.set(index, at(items.get(index), depth + 1));
    return new ConfigNode.Sequence(list.path(), list.location(), items);
  }

  private MtlException failure(ErrorCode code, String what) {
    return new MtlException(
        new Problem(
            code, value.location().toString(), what, "To replace the whole, set the key itself."));
  }
}
