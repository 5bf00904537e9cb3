package org.mtl4j.core.config;

import java.util.Map;
import java.util.Objects;

/**
 * A part of a configuration whose meaning a registry knows: the name of a model, a source, an
 * optimiser, and the keys that only that one understands. As a component of a record it takes a map
 * with the key {@code type}.
 *
 * @param type the name
 * @param body the other keys, at the map's own path
 */
public record Choice(String type, ConfigNode.Mapping body) {
  /** The key that holds the name. */
  public static final String KEY = "type";

  /** Checks that both are there. */
  public Choice {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(body, "body");
  }

  /** A choice with nothing but its name. */
  public static Choice of(String type) {
    return new Choice(type, new ConfigNode.Mapping("", Location.of("the type " + type), Map.of()));
  }

  /** The same choice with the body that a record of it makes, every default filled in. */
  public Choice resolved(Record config) {
    ConfigNode.Mapping complete =
        (ConfigNode.Mapping) References.restored(ConfigWriter.toNode(config), body);
    return new Choice(
        type, new ConfigNode.Mapping(body.path(), body.location(), complete.entries()));
  }

  /** Where the name was typed, for messages. */
  public String where() {
    return ConfigNode.where(body.pathOf(KEY), body.location());
  }
}
