package org.mtl4j.experiment.apply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigKey;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;

/**
 * Some keys of an experiment file. Nothing of the others is read, nor are the variables of the
 * environment needed that they refer to.
 */
final class ConfigPart {
  private ConfigPart() {}

  /**
   * Binds the keys that a record names.
   *
   * @throws org.mtl4j.core.error.MtlException with everything that is wrong with them
   */
  static <R extends Record> R bind(ConfigFile file, Class<R> type) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (ConfigKey key : ConfigKey.of(type)) {
      Optional.ofNullable(file.root().entries().get(key.name()))
          .ifPresent(node -> entries.put(key.name(), node));
    }
    ConfigNode.Mapping root = file.root();
    Problems problems = file.problems();
    Optional<R> bound =
        RecordBinder.bind(
            new ConfigNode.Mapping(root.path(), root.location(), entries), type, problems);
    problems.throwIfAny();
    return bound.orElseThrow();
  }
}
