package org.mtl4j.experiment.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.config.ConfigNode;

/** What rows count in a task's loss by their class; metrics know nothing of it. */
public sealed interface ClassWeights {
  /** The word for {@link Balanced} in a file. */
  String BALANCED = "balanced";

  /**
   * Each class as much as any other in sum: all training rows, by their example weights, over the
   * number of classes times those of the class.
   */
  record Balanced() implements ClassWeights {}

  /**
   * Weights by name, others 1.
   *
   * @param weights by class, {@code no} and {@code yes} of a binary task; above 0
   */
  record Given(Map<String, Double> weights) implements ClassWeights {
    /**
     * Copies the map, keeping its order.
     *
     * @throws IllegalArgumentException if there is none, or one is not above 0 or beyond float32
     */
    public Given {
      weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
      if (weights.isEmpty()) {
        throw new IllegalArgumentException(
            "class_weights: expected a weight for a class at least, found none");
      }
      weights.forEach(
          (name, weight) -> {
            if (!(weight > 0 && weight <= Float.MAX_VALUE)) {
              throw new IllegalArgumentException(
                  "class_weights: expected numbers above 0, found %s for %s"
                      .formatted(weight, name));
            }
          });
    }
  }

  /**
   * Reads {@code balanced}, or a map of classes and numbers.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static ClassWeights of(ConfigNode node) {
    if (node instanceof ConfigNode.Scalar word && word.text().equals(BALANCED)) {
      return new Balanced();
    }
    if (!(node instanceof ConfigNode.Mapping map)) {
      throw expected(node.describe());
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    map.entries().forEach((name, value) -> weights.put(name, number(value)));
    return new Given(weights);
  }

  private static double number(ConfigNode value) {
    try {
      return Double.parseDouble(((ConfigNode.Scalar) value).text());
    } catch (ClassCastException | NumberFormatException e) {
      throw expected(value.describe());
    }
  }

  private static IllegalArgumentException expected(String found) {
    return new IllegalArgumentException(
        "class_weights: expected balanced, or a map of classes and numbers, found " + found);
  }
}
