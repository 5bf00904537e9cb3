package org.mtl4j.data.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A record, component by component; its own constructor checks what is read. */
final class RecordCodec implements Codec<Object> {
  private final Constructor<?> constructor;
  private final List<Method> accessors = new ArrayList<>();
  private final List<Codec<Object>> codecs = new ArrayList<>();

  RecordCodec(Class<?> type, String way, Codecs known) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has the constructor of its components", e);
    }
    constructor.setAccessible(true);
    for (RecordComponent component : components) {
      component.getAccessor().setAccessible(true);
      accessors.add(component.getAccessor());
      codecs.add(known.of(component.getGenericType(), way + "." + component.getName()));
    }
  }

  @Override
  public void write(Object value, ValueOutput out) throws IOException {
    for (int i = 0; i < codecs.size(); i++) {
      try {
        codecs.get(i).write(accessors.get(i).invoke(value), out);
      } catch (InvocationTargetException | IllegalAccessException e) {
        throw new IllegalStateException(accessors.get(i) + " cannot be asked", e);
      }
    }
  }

  @Override
  public Object read(ValueInput in) throws IOException {
    Object[] components = new Object[codecs.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = codecs.get(i).read(in);
    }
    try {
      return constructor.newInstance(components);
    } catch (InvocationTargetException e) {
      StreamCorruptedException refused =
          new StreamCorruptedException(constructor + " refuses what is written");
      refused.initCause(e.getCause());
      throw refused;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " cannot be called", e);
    }
  }
}
