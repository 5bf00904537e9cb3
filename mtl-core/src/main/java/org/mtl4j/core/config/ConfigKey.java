package org.mtl4j.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * A key that a configuration record is read from, for people who look it up.
 *
 * @param name as it is typed
 * @param type its type in words: {@code a whole number}, {@code a list of text}
 * @param byDefault its value in YAML when it is absent; empty if it has none
 * @param required whether it must be there
 */
public record ConfigKey(String name, String type, Optional<String> byDefault, boolean required) {
  /** The keys of a record, in their order. */
  public static List<ConfigKey> of(Class<? extends Record> config) {
    return RecordShape.of(config).components().entrySet().stream()
        .map(component -> of(component.getKey(), component.getValue()))
        .toList();
  }

  private static ConfigKey of(String name, RecordComponent component) {
    Optional<String> byDefault =
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
    boolean required = byDefault.isEmpty() && component.getType() != Optional.class;
    return new ConfigKey(name, words(component.getGenericType()), byDefault, required);
  }

  private static String words(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String element = words(arguments[arguments.length - 1]);
      if (generic.getRawType() == Optional.class) {
        return element;
      }
      return (generic.getRawType() == List.class ? "a list of: " : "a map of: ") + element;
    }
    Class<?> plain = (Class<?>) type;
    if (ScalarBinder.reads(plain)) {
      return ScalarBinder.words(plain);
    }
    return plain == Choice.class || plain.isSealed() ? "a map with a type" : "a map";
  }
}
