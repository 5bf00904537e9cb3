package org.mtl4j.experiment.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.config.Default;

/**
 * How often an epoch takes training rows: below 1 they are thinned, above 1 repeated. A row's ratio
 * is the largest of those that apply to it, that of its domain and those of the tasks that have a
 * label in it; 1 where none applies.
 *
 * @param domain ratios by the name of a domain of a {@code union} source
 * @param task ratios by the name of a task
 */
public record SamplingConfig(
    @Default("{}") Map<String, Double> domain, @Default("{}") Map<String, Double> task) {
  private static final double LARGEST = 1000;

  /**
   * Checks the ratios.
   *
   * @throws IllegalArgumentException if one is not from 0 to 1000
   */
  public SamplingConfig {
    domain = checked("domain", domain);
    task = checked("task", task);
  }

  private static Map<String, Double> checked(String key, Map<String, Double> ratios) {
    ratios.forEach(
        (name, ratio) -> {
          if (!(ratio >= 0 && ratio <= LARGEST)) {
            throw new IllegalArgumentException(
                "%s: expected ratios from 0 to 1000, found %s: %s".formatted(key, name, ratio));
          }
        });
    return Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
  }
}
