package org.mtl4j.data.codec;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;

/** Where values are written to. What stands in several of them by reference is written once. */
public final class ValueOutput {
  private final DataOutputStream out;
  private final IdentityHashMap<Object, Integer> shared = new IdentityHashMap<>();

  /** Over a stream, which is best buffered and stays the caller's. */
  public ValueOutput(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** The primitive values. */
  DataOutputStream data() {
    return out;
  }

  /**
   * Writes a text.
   *
   * @throws CharacterCodingException if it holds half of a surrogate pair, which would come back as
   *     something else
   */
  void text(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    out.writeInt(bytes.remaining());
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  /**
   * Writes the number of a value that may have been written before.
   *
   * @return whether it is new, so that it has to be written behind
   */
  boolean isNew(Object value) throws IOException {
    Integer number = shared.putIfAbsent(value, shared.size());
    out.writeInt(number == null ? shared.size() - 1 : number);
    return number == null;
  }
}
