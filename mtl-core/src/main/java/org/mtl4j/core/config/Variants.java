package org.mtl4j.core.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a sealed interface, by what a configuration calls them.
 *
 * @param key the key that says which one a map is
 * @param byName the record types by name, in the order of the interface
 */
record Variants(String key, Map<String, Class<?>> byName) {
  /**
   * The records of a sealed interface, those of sealed interfaces below it included.
   *
   * @throws IllegalStateException if one of its types is no record with a {@link ConfigName}
   */
  static Variants of(Class<?> parent) {
    Map<String, Class<?>> byName = new LinkedHashMap<>();
    collect(parent, byName);
    return new Variants(key(parent), Collections.unmodifiableMap(byName));
  }

  private static void collect(Class<?> parent, Map<String, Class<?>> byName) {
    for (Class<?> type : parent.getPermittedSubclasses()) {
      if (type.isSealed()) {
        collect(type, byName);
        continue;
      }
      ConfigName name = type.getAnnotation(ConfigName.class);
      if (!type.isRecord() || name == null || byName.put(name.value(), type) != null) {
        throw new IllegalStateException(
            "expected a record with a @ConfigName of its own, found " + type.getName());
      }
    }
  }

  private static String key(Class<?> parent) {
    Discriminator discriminator = parent.getAnnotation(Discriminator.class);
    return discriminator == null ? Choice.KEY : discriminator.value();
  }

  /** What a map says to be a certain record of a sealed interface: {@code type: numeric}. */
  record Tag(String key, String name) {
    /** The tag of a record type; empty if it belongs to no sealed interface. */
    static Optional<Tag> of(Class<?> type) {
      ConfigName name = type.getAnnotation(ConfigName.class);
      return name == null
          ? Optional.empty()
          : Arrays.stream(type.getInterfaces())
              .filter(Class::isSealed)
              .findFirst()
              .map(parent -> new Tag(Variants.key(parent), name.value()));
    }
  }
}
