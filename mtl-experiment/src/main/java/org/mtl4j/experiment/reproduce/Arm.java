package org.mtl4j.experiment.reproduce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of the things that a reproduction compares: an experiment with a few keys of its own.
 *
 * @param name what to call it, and its folder
 * @param keys keys of the experiment and their values, as {@code --set} takes them
 */
public record Arm(String name, Map<String, String> keys) {
  /** Copies the map. */
  public Arm {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /** The experiment with another model. */
  static Arm ofModel(String name, String model) {
    return new Arm(name, Map.of("model", model));
  }
}
