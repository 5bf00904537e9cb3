package org.mtl4j.data.codec;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where values are read from, in the order in which they were written. */
public final class ValueInput {
  private final DataInputStream in;
  private final List<Object> shared = new ArrayList<>();

  /** Over a stream, which is best buffered and stays the caller's. */
  public ValueInput(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** The primitive values. */
  DataInputStream data() {
    return in;
  }

  String text() throws IOException {
    int length = length();
    byte[] bytes = in.readNBytes(length); // It takes room for what is there, not for what is said.
    if (bytes.length < length) {
      throw new EOFException("a text of " + length + " bytes ends after " + bytes.length);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A number of things that follow. */
  int length() throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new StreamCorruptedException("a length of " + length);
    }
    return length;
  }

  /** A value that may have been read before; a new one is read by {@code reader}. */
  Object shared(Reader reader) throws IOException {
    int number = in.readInt();
    if (number < 0 || number > shared.size()) {
      throw new StreamCorruptedException("value " + number + " of " + shared.size());
    }
    if (number == shared.size()) {
      Object value = reader.read();
      shared.add(value);
    }
    return shared.get(number);
  }

  /** Reads what is new. */
  interface Reader {
    Object read() throws IOException;
  }
}
