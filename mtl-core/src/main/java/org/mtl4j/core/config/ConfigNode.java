package org.mtl4j.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.Excerpt;

/**
 * A piece of a configuration as it was typed, before anyone knows its type. Immutable. Two nodes
 * are equal when they say the same, wherever they stand.
 */
public sealed interface ConfigNode {
  /** The keys from the root, joined by dots, list indices included: {@code tasks.income.type}. */
  String path();

  /** Where its key, or the element of a list, was typed. */
  Location location();

  /** The node in words, for messages that say what was found. */
  String describe();

  /** Path and location, for messages: {@code tasks.income.type (census.yaml:12:5)}. */
  default String where() {
    return where(path(), location());
  }

  /** The path of an entry or element of this node. */
  default String pathOf(String key) {
    return path().isEmpty() ? key : path() + "." + key;
  }

  /** The same at another path; where it was typed stays. */
  default ConfigNode movedTo(String path) {
    if (this instanceof Mapping map) {
      Map<String, ConfigNode> entries = new LinkedHashMap<>();
      map.entries().forEach((key, value) -> entries.put(key, value.movedTo(path + "." + key)));
      return new Mapping(path, location(), entries);
    }
    if (this instanceof Sequence list) {
      List<ConfigNode> items = new ArrayList<>();
      list.items().forEach(item -> items.add(item.movedTo(path + "." + items.size())));
      return new Sequence(path, location(), items);
    }
    return this instanceof Scalar scalar
        ? new Scalar(path, location(), scalar.text(), scalar.typed(), scalar.quoted())
        : new Null(path, location());
  }

  /** Path and location, for messages. */
  static String where(String path, Location location) {
    return path.isEmpty() ? location.toString() : path + " (" + location + ")";
  }

  /**
   * Keys with values, in the order typed.
   *
   * @param path the keys from the root
   * @param location where it was typed
   * @param entries the values by key
   */
  record Mapping(String path, Location location, Map<String, ConfigNode> entries)
      implements ConfigNode {
    /** Copies the map, keeping its order. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * The node below this one that has a path from the root; empty if it was not typed. Paths are
     * compared as a whole, for a name may hold dots itself.
     */
    public Optional<ConfigNode> find(String wanted) {
      for (ConfigNode node : entries.values()) {
        if (wanted.equals(node.path())) {
          return Optional.of(node);
        }
        if (node instanceof Mapping map && wanted.startsWith(map.path() + ".")) {
          Optional<ConfigNode> found = map.find(wanted);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }

    /** A path from the root, with file, line and column if it was typed below this node. */
    public String whereIs(String wanted) {
      return find(wanted).map(ConfigNode::where).orElse(wanted);
    }

    /** The same without a key. */
    public Mapping without(String key) {
      Map<String, ConfigNode> rest = new LinkedHashMap<>(entries);
      rest.remove(key);
      return new Mapping(path, location, rest);
    }

    @Override
    public String describe() {
      return "a map";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Mapping that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
      return entries.hashCode();
    }
  }

  /**
   * Values in order.
   *
   * @param path the keys from the root
   * @param location where it was typed
   * @param items the values
   */
  record Sequence(String path, Location location, List<ConfigNode> items) implements ConfigNode {
    /** Copies the list. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sequence that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
      return items.hashCode();
    }
  }

  /**
   * One value, as it was typed: {@code no} is the text {@code no}, {@code 012} the text {@code
   * 012}.
   *
   * @param path the keys from the root
   * @param location where it was typed
   * @param text the value without its quotes, {@code ${env:X}} replaced
   * @param typed the same with {@code ${env:X}} as it was typed
   * @param quoted whether it is text for certain, because it stood in quotes
   */
  record Scalar(String path, Location location, String text, String typed, boolean quoted)
      implements ConfigNode {
    /** A value that refers to no variable. */
    public Scalar(String path, Location location, String text, boolean quoted) {
      this(path, location, text, text, quoted);
    }

    /** Whether a variable of the environment was replaced in it. */
    public boolean isReference() {
      return !text.equals(typed);
    }

    @Override
    public String describe() {
      return "\"" + Excerpt.of(text) + "\"";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Scalar that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /**
   * A key without a value, {@code null} or {@code ~}.
   *
   * @param path the keys from the root
   * @param location where it was typed
   */
  record Null(String path, Location location) implements ConfigNode {
    @Override
    public String describe() {
      return "nothing";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Null;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
