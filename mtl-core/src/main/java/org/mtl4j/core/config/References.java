package org.mtl4j.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts {@code ${env:X}} back where a record was bound from it. A record holds what the variable
 * stood for: a folder of this machine only, or a password that must not be written down.
 */
final class References {
  private References() {}

  /**
   * A tree with the references of another.
   *
   * @param written made of a record
   * @param typed what the record was bound from; parts that it lacks stay as they are
   */
  static ConfigNode restored(ConfigNode written, ConfigNode typed) {
    if (written instanceof ConfigNode.Mapping map && typed instanceof ConfigNode.Mapping source) {
      return mapping(map, source);
    }
    if (written instanceof ConfigNode.Sequence list
        && typed instanceof ConfigNode.Sequence source) {
      return sequence(list, source.items());
    }
    if (written instanceof ConfigNode.Sequence list && typed instanceof ConfigNode.Scalar) {
      return sequence(list, List.of(typed)); // A single value is also a list of one.
    }
    // Whatever the record makes of the value: 0.10 is bound as 0.1.
    boolean reference =
        written instanceof ConfigNode.Scalar
            && typed instanceof ConfigNode.Scalar source
            && source.isReference();
    return reference ? typed : written;
  }

  private static ConfigNode mapping(ConfigNode.Mapping written, ConfigNode.Mapping typed) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>(written.entries());
    entries.replaceAll(
        (key, value) ->
            typed.entries().containsKey(key) ? restored(value, typed.entries().get(key)) : value);
    return new ConfigNode.Mapping(written.path(), written.location(), entries);
  }

  private static ConfigNode sequence(ConfigNode.Sequence written, List<ConfigNode> typed) {
    if (written.items().size() != typed.size()) {
      return written;
    }
    List<ConfigNode> items = new ArrayList<>();
    for (int i = 0; i < typed.size(); i++) {
      items.add(restored(written.items().get(i), typed.get(i)));
    }
    return new ConfigNode.Sequence(written.path(), written.location(), items);
  }
}
