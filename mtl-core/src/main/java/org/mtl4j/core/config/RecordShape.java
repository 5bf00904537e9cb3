package org.mtl4j.core.config;

import com.google.common.base.CaseFormat;
import com.google.common.base.Throwables;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record type as a configuration sees it.
 *
 * @param type the record type
 * @param components its components by their keys, in order
 */
record RecordShape(Class<?> type, Map<String, RecordComponent> components) {
  /** The shape of a record type. */
  static RecordShape of(Class<?> type) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(key(component.getName()), component);
    }
    return new RecordShape(type, Collections.unmodifiableMap(components));
  }

  /** The key of a component: {@code lossWeight} is {@code loss_weight}. */
  static String key(String component) {
    return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, component);
  }

  /**
   * The record of these values.
   *
   * @throws RuntimeException whatever the compact constructor throws
   */
  Object construct(List<Object> values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  /** The value of a component of a record of this type. */
  static Object value(RecordComponent component, Object from) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot read " + component.getDeclaringRecord().getName() + "." + component.getName(), e);
    }
  }
}
