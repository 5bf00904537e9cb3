package org.mtl4j.data.codec;

import java.io.IOException;
import java.util.function.Function;

/**
 * Writes values of one type as bytes and reads them back.
 *
 * @param <T> the type
 */
public interface Codec<T> {
  /** Writes a value, not null. */
  void write(T value, ValueOutput out) throws IOException;

  /**
   * Reads a value that equals the one written.
   *
   * @throws IOException if the bytes end too early, or no value is written like that
   */
  T read(ValueInput in) throws IOException;

  /** The codec of another type whose values are written as those of this one. */
  default <S> Codec<S> as(Function<T, S> made, Function<S, T> taken) {
    return new LeafCodec<>(
        (value, out) -> write(taken.apply(value), out), in -> made.apply(read(in)));
  }
}
