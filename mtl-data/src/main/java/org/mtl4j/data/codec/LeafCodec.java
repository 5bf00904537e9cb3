package org.mtl4j.data.codec;

import java.io.IOException;

/** A codec made of two functions. */
record LeafCodec<T>(Writer<T> writer, Reader<T> reader) implements Codec<T> {
  /** Writes a value. */
  interface Writer<T> {
    void write(T value, ValueOutput out) throws IOException;
  }

  /** Reads a value. */
  interface Reader<T> {
    T read(ValueInput in) throws IOException;
  }

  @Override
  public void write(T value, ValueOutput out) throws IOException {
    writer.write(value, out);
  }

  @Override
  public T read(ValueInput in) throws IOException {
    return reader.read(in);
  }
}
