package org.mtl4j.experiment.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;

/**
 * One choice of values.
 *
 * @param number from 1
 * @param values by key, in the order of the space
 */
public record Trial(int number, Map<String, ConfigNode> values) {
  /** Copies the map, keeping its order. */
  public Trial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The folder of its run: {@code 0001}. */
  public String folder() {
    return "%04d".formatted(number);
  }

  /** The experiment with its values. */
  ConfigFile of(ConfigFile experiment) {
    ConfigFile file = experiment;
    for (Map.Entry<String, ConfigNode> value : values.entrySet()) {
      file = file.withValue(value.getKey(), value.getValue());
    }
    return file;
  }

  /** A value as it is written in one line: {@code [128, 64]}. */
  public String spelt(String key) {
    return Spelling.of(values.get(key));
  }
}
