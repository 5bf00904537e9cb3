package org.mtl4j.data.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A value of a sealed type: its class's name, and the value as one of that class. */
final class SealedCodec implements Codec<Object> {
  private final Class<?> sealed;
  private final Map<String, Codec<Object>> codecs = new LinkedHashMap<>();

  SealedCodec(Class<?> sealed, String way, Codecs known) {
    this.sealed = sealed;
    add(sealed, way, known);
  }

  /** Classes at the bottom: what is sealed itself is only a way to those. */
  private void add(Class<?> type, String way, Codecs known) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        add(permitted, way, known);
      } else {
        String name = permitted.getSimpleName();
        codecs.put(permitted.getName(), known.of(permitted, way + "(" + name + ")"));
      }
    }
  }

  @Override
  public void write(Object value, ValueOutput out) throws IOException {
    String name = value.getClass().getName();
    out.text(name);
    codecs.get(name).write(value, out);
  }

  @Override
  public Object read(ValueInput in) throws IOException {
    String name = in.text();
    Codec<Object> codec = codecs.get(name);
    if (codec == null) {
      throw new StreamCorruptedException(sealed.getName() + " has no " + name);
    }
    return codec.read(in);
  }
}
