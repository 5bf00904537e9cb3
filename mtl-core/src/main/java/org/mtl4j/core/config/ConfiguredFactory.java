package org.mtl4j.core.config;

import java.util.function.Function;

/**
 * One member of an open set, a model or an optimiser say: the record that its keys are read into,
 * and what is made of it.
 *
 * @param configType the record
 * @param partType the class of what is made
 * @param constructor makes the thing
 * @param <C> the record
 * @param <T> the thing
 */
public record ConfiguredFactory<C extends Record, T>(
    Class<C> configType, Class<? extends T> partType, Function<C, ? extends T> constructor) {
  /** A thing that is its own configuration. */
  public static <C extends Record> ConfiguredFactory<C, C> ofRecord(Class<C> type) {
    return new ConfiguredFactory<>(type, type, Function.identity());
  }

  /**
   * The thing as configured.
   *
   * @throws ClassCastException if the record is of another type
   */
  public T create(Record config) {
    return constructor.apply(configType.cast(config));
  }
}
